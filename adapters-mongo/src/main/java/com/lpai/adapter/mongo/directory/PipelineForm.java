package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.directory.Pipeline;
import org.bson.Document;

/** A pipeline as a document, and back. */
final class PipelineForm implements CopyForm<Pipeline> {
  @Override
  public String kind() {
    return "pipeline";
  }

  @Override
  public String idField() {
    return "ghlPipelineId";
  }

  @Override
  public String id(Pipeline pipeline) {
    return pipeline.crmId();
  }

  @Override
  public Document toDocument(Pipeline pipeline) {
    return new Document("name", pipeline.name())
        .append("stages", pipeline.stages().stream().map(PipelineForm::stage).toList());
  }

  @Override
  public Pipeline toDomain(StoredDocument stored) {
    return new Pipeline(
        new GhlPipelineId(stored.text(idField())),
        stored.text("name"),
        stored.children("stages").stream().map(PipelineForm::stage).toList());
  }

  private static Document stage(Pipeline.Stage stage) {
    return new Document("id", stage.id())
        .append("name", stage.name())
        .append("position", stage.position());
  }

  private static Pipeline.Stage stage(StoredDocument stored) {
    return new Pipeline.Stage(
        stored.text("id"), stored.text("name"), Math.toIntExact(stored.number("position")));
  }
}
