// A client that is not ours: it reads a receipt by docs/formats alone, with Node's own crypto and nothing else.
// Standard input: {"policy": text, "receipts": [base64, …]}. Standard output: for each {"event": …} or {"refused": why}.
import { createHash, createHmac, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const need = (condition, what) => { if (!condition) throw new Error(what); };
const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts.map(it => Buffer.from(it)))).digest();
const b64 = text => {
  const raw = Buffer.from(text, "base64");
  need(raw.toString("base64") === text, "base64 has one spelling");
  return raw;
};
const utf8 = bytes => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const ed25519 = (key, message, signature) =>
  verify(null, message, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key.toString("base64url") }, format: "jwk" }), signature);

function readKey(text) { // checkpoint.md: name+key id+base64(type || key)
  const [, name, id, rest] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const material = b64(rest ?? "?");
  need(material.length === 33 && sha(name, "\n", material).subarray(0, 4).toString("hex") === id, "key");
  return { name, id, type: material[0], key: material.subarray(1) };
}

function readPolicy(text) { // tlog-policy
  const policy = { logs: [], witnesses: {}, groups: {}, quorum: null };
  for (const line of text.split("\n")) {
    const [word, ...rest] = line.split(/[ \t]+/).filter(Boolean);
    if (!word || word.startsWith("#")) continue;
    if (word === "log") policy.logs.push(readKey(rest[0]));
    else if (word === "witness") policy.witnesses[rest[0]] = readKey(rest[1]);
    else if (word === "group") policy.groups[rest[0]] = { wanted: rest[1], members: rest.slice(2) };
    else if (word === "quorum") policy.quorum = rest[0];
    else throw new Error("policy");
  }
  return policy;
}

function signed(note, keys) { // signed-note, tlog-cosignature: which of these keys signed the text
  const at = note.lastIndexOf("\n\n"), text = note.slice(0, at + 1), lines = note.slice(at + 2);
  need(at >= 0 && lines.endsWith("\n") && !/[\x00-\x09\x0b-\x1f]/.test(note), "note");
  const found = new Set();
  for (const line of lines.slice(0, -1).split("\n")) {
    const [dash, name, encoded, ...more] = line.split(" ");
    need(dash === "—" && name && encoded && !more.length, "signature line");
    const body = b64(encoded), key = keys.find(it => it.name === name && it.id === body.subarray(0, 4).toString("hex"));
    if (!key) continue;
    const cosigned = key.type === 4, time = cosigned ? body.readBigUInt64BE(4) : 0n;
    const message = Buffer.from(cosigned ? `cosignature/v1\ntime ${time}\n${text}` : text);
    need(ed25519(key.key, message, body.subarray(cosigned ? 12 : 4)), "signature");
    found.add(key);
  }
  return found;
}

function verifyReceipt(data, policy) { // receipt.md
  const receipt = utf8(data), cut = receipt.indexOf("\n\n"), note = receipt.slice(cut + 2);
  const [magic, extra, index, ...path] = receipt.slice(0, cut).split("\n");
  need(cut > 0 && magic === "c2sp.org/tlog-proof@v1" && extra?.startsWith("extra ") && /^index (0|[1-9]\d{0,17})$/.test(index), "form");
  const opening = b64(extra.slice(6)), event = JSON.parse(utf8(opening.subarray(32)));
  const c = createHmac("sha256", opening.subarray(0, 32)).update("mingze/event/v1\0").update(opening.subarray(32)).digest("base64url");
  const kind = { governed: "g", stated: "s" }[event.type] ?? "e";
  let node = sha([0], `{"c":"${c}","k":"${kind}","v":1}`);
  const [origin, size, root, ...none] = note.slice(0, note.lastIndexOf("\n\n")).split("\n");
  need(none.length === 0 && /^(0|[1-9]\d{0,17})$/.test(size), "checkpoint");
  let place = BigInt(index.slice(6)), last = BigInt(size) - 1n;
  need(place <= last, "index");
  for (const line of path) {
    need(last > 0n, "path too long");
    const sibling = b64(line);
    need(sibling.length === 32, "hash");
    if (place & 1n || place === last) {
      node = sha([1], sibling, node);
      while (!(place & 1n) && place) { place >>= 1n; last >>= 1n; }
    } else node = sha([1], node, sibling);
    place >>= 1n; last >>= 1n;
  }
  need(last === 0n && node.equals(b64(root)), "the record does not lead to the root");
  need(signed(note, policy.logs.filter(it => it.name === origin)).size > 0, "not signed by this log");
  const seen = signed(note, Object.values(policy.witnesses));
  const met = name => {
    const group = policy.groups[name];
    if (!group) return seen.has(policy.witnesses[name]);
    const wanted = { any: 1, all: group.members.length }[group.wanted] ?? Number(group.wanted);
    return group.members.filter(met).length >= wanted;
  };
  need(policy.quorum === "none" || met(policy.quorum), "too few witnesses");
  return event;
}

const files = JSON.parse(readFileSync(0, "utf8")); // {"policy": text, "receipts": [base64, …]}
const policy = readPolicy(files.policy);
console.log(JSON.stringify(files.receipts.map(it => {
  try { return { event: verifyReceipt(Buffer.from(it, "base64"), policy) }; } catch (error) { return { refused: error.message }; }
})));
