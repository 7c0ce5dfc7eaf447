// validate.mjs MODULES FILE: judges FHIR R4 by its published structure, with the npm package fhir in the folder MODULES. Prints
// what is wrong, each mistake once; ends with 1 where anything is. Codes of our own, where FHIR allows them, are no mistake.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Fhir } = createRequire(process.argv[2] + '/')('fhir');
const { valid, messages } = new Fhir().validate(JSON.parse(readFileSync(process.argv[3], 'utf8')), { errorOnUnexpected: true });
const wrong = messages.filter((message) => !/\(urn:klynge:population\) not found in value set/.test(message.message));
const told = new Set(wrong.map((message) => `${message.location.replace(/\[\d+\]/g, '')}: ${message.message}`));
for (const line of told) console.log(line);
process.exit(valid && !told.size ? 0 : 1);
