// The bare loop that our copy is measured against: a page of contacts, one bulk upsert by GoHighLevel's id, the next
// page. No merge rule, no dirty fields, no matching, no checkpoint, no lease. Prints one line of JSON.
//   node loop.mjs SANDBOX TOKEN LOCATION MONGODB_URI COLLECTION PAGE_SIZE [LIKE]
// LIKE is another collection (database.name) whose indexes are made first; without it there is the key's index alone.
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
// The driver is found from the working directory, which is outside the tree.
const { MongoClient } = createRequire(process.cwd() + "/")("mongodb");

const [sandbox, token, locationId, uri, name, size, like] = process.argv.slice(2);
const pageLimit = Number(size);
const client = await new MongoClient(uri).connect();
const contacts = client.db().collection(name);
if (like) {
  const [database, collection] = like.split(".");
  for (const { key, unique, partialFilterExpression } of await client.db(database).collection(collection).indexes()) {
    if (!key._id) {
      await contacts.createIndex(key, { ...(unique && { unique }), ...(partialFilterExpression && { partialFilterExpression }) });
    }
  }
} else {
  await contacts.createIndex({ locationId: 1, ghlContactId: 1 }, { unique: true });
}

const begun = performance.now();
const cpuBefore = process.cpuUsage();
let copied = 0;
let searchAfter;
for (;;) {
  const response = await fetch(`${sandbox}/contacts/search`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, Version: "2021-07-28", "Content-Type": "application/json" },
    body: JSON.stringify({
      locationId,
      pageLimit,
      sort: [{ field: "dateAdded", direction: "asc" }],
      ...(searchAfter ? { searchAfter } : { page: 1 }),
    }),
  });
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  const page = (await response.json()).contacts;
  if (page.length === 0) {
    break;
  }
  await contacts.bulkWrite(
    page.map(({ id, ...contact }) => ({
      updateOne: {
        filter: { locationId, ghlContactId: id },
        update: { $set: { ...contact, locationId, ghlContactId: id, lastSyncedAt: new Date() } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  copied += page.length;
  const last = page[page.length - 1];
  searchAfter = last.searchAfter ?? last.sort;
}
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ copied, seconds: (performance.now() - begun) / 1000, cpuSeconds: (user + system) / 1e6 }));
await client.close();
