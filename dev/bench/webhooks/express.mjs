// The guide's receiver, on Express: the signature over what JSON.stringify makes of the parsed body, one insert an event.
//   node express.mjs PORT MONGODB_URI RSA_PUBLIC_KEY.pem
import crypto from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
// Packages are found from the working directory, which is outside the tree.
const require = createRequire(process.cwd() + "/");
const express = require("express");
const { MongoClient, ObjectId } = require("mongodb");

const [port, uri, key] = process.argv.slice(2);
const GHL_PUBLIC_KEY = fs.readFileSync(key, "utf8");
const client = await new MongoClient(uri).connect();
const db = client.db();
await db.collection("webhook_queue").createIndex({ webhookId: 1 }, { unique: true });

function verifyWebhookSignature(payload, signature) {
  const verifier = crypto.createVerify("SHA256");
  verifier.update(payload);
  verifier.end();
  return verifier.verify(GHL_PUBLIC_KEY, signature, "base64");
}

const app = express();
app.use(express.json());
app.post("/api/webhooks/ghl/native", async (req, res) => {
  const signature = req.headers["x-wh-signature"];
  const payload = JSON.stringify(req.body);
  if (!verifyWebhookSignature(payload, signature)) {
    return res.status(401).json({ error: "Invalid signature" });
  }
  await db.collection("webhook_queue").insertOne({
    _id: new ObjectId(),
    webhookId: req.body.webhookId || new ObjectId().toString(),
    type: req.body.type,
    payload: req.body,
    locationId: req.body.locationId,
    status: "pending",
    attempts: 0,
    createdAt: new Date(),
  });
  return res.status(200).json({ success: true });
});
app.listen(Number(port), "127.0.0.1", () => console.log("READY"));
