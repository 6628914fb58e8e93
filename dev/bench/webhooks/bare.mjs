// What Node can do at best: node:http, the key parsed once, Ed25519 over the bytes that came, one insert an event.
//   node bare.mjs PORT MONGODB_URI ED25519_PUBLIC_KEY.pem
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
// Packages are found from the working directory, which is outside the tree.
const { MongoClient } = createRequire(process.cwd() + "/")("mongodb");

const [port, uri, file] = process.argv.slice(2);
const key = crypto.createPublicKey(fs.readFileSync(file, "utf8"));
const client = await new MongoClient(uri).connect();
const queue = client.db().collection("webhook_queue");
await queue.createIndex({ webhookId: 1 }, { unique: true });

const answer = (res, status, body) =>
  res.writeHead(status, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);

http
  .createServer((req, res) => {
    const parts = [];
    req.on("data", (part) => parts.push(part));
    req.on("end", async () => {
      const body = Buffer.concat(parts);
      const signature = Buffer.from(req.headers["x-ghl-signature"] ?? "", "base64");
      if (!crypto.verify(null, body, key, signature)) {
        return answer(res, 401, '{"error":"Invalid signature"}');
      }
      const event = JSON.parse(body);
      await queue.insertOne({
        webhookId: event.webhookId,
        type: event.type,
        payload: event,
        locationId: event.locationId,
        status: "pending",
        attempts: 0,
        createdAt: new Date(),
      });
      answer(res, 200, '{"success":true}');
    });
  })
  .listen(Number(port), "127.0.0.1", () => console.log("READY"));
