package com.lpai.adapter.mongo.setup;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.setup.FetchedPage;
import com.lpai.domain.setup.FetchedPages;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Fetched pages in the collection {@code setup_pages}, one for each location and step, compressed.
 */
public final class MongoFetchedPages implements FetchedPages {
  private static final String STEP = "step";
  private static final String RUN = "run";
  private static final String PASS = "pass";
  private static final String CURSOR = "cursor";
  private static final String SINCE = "since";
  private static final String READ_AT = "readAt";
  private static final String CONTENT = "content";

  /** No document may have 16 MiB. */
  private static final int LARGEST = 12 * 1024 * 1024;

  private static final int BUFFER = 16 * 1024;

  private final TenantCollection pages;

  public MongoFetchedPages(TenantCollection pages) {
    this.pages = pages;
  }

  @Override
  public boolean keep(LocationId locationId, SetupStep step, FetchedPage page) {
    byte[] content = compressed(page.text());
    if (content.length > LARGEST) {
      return false;
    }
    PagePlace place = page.place();
    // Where a later one is, none matches, and the index refuses a second one.
    return pages
        .upsert(
            locationId,
            Filters.and(is(step), Filters.lte(READ_AT, page.readAt())),
            Updates.combine(
                Updates.set(RUN, place.run()),
                Updates.set(PASS, StoredDocument.word(place.pass())),
                Updates.set(CURSOR, place.cursor()),
                Updates.set(SINCE, place.since()),
                Updates.set(READ_AT, page.readAt()),
                Updates.set(CONTENT, new Binary(content))))
        .wrote();
  }

  @Override
  public Optional<FetchedPage> find(LocationId locationId, SetupStep step, PagePlace place) {
    return pages
        .findOne(
            locationId,
            Filters.and(
                is(step),
                Filters.eq(RUN, place.run()),
                Filters.eq(PASS, StoredDocument.word(place.pass())),
                Filters.eq(CURSOR, place.cursor()),
                Filters.eq(SINCE, place.since())))
        .map(found -> toDomain(place, found));
  }

  @Override
  public void remove(LocationId locationId, SetupStep step) {
    pages.delete(locationId, is(step));
  }

  private static Bson is(SetupStep step) {
    return Filters.eq(STEP, step.key());
  }

  private static FetchedPage toDomain(PagePlace place, Document document) {
    StoredDocument stored = StoredDocument.of("fetched page", document);
    try (GZIPInputStream content =
        new GZIPInputStream(new ByteArrayInputStream(stored.bytes(CONTENT)), BUFFER)) {
      return new FetchedPage(place, stored.instant(READ_AT), PageText.of(content.readAllBytes()));
    } catch (IOException unreadable) {
      throw stored.malformed(CONTENT, "cannot be decompressed");
    }
  }

  private static byte[] compressed(PageText text) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(text.size() / 4 + BUFFER);
    try (Fastest out = new Fastest(content)) {
      out.write(text.bytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return content.toByteArray();
  }

  /** A page is kept for a moment: the time counts, not the last tenth of its size. */
  private static final class Fastest extends GZIPOutputStream {
    Fastest(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
