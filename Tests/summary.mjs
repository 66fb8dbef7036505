// Adds up what ./test ran: every .trx and the front end's JSON, names what was skipped and why, and prints the last line.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const [folder, failedBefore] = process.argv.slice(2);
/** Letters of a failure's message that the last lines repeat: a log's end is often all that is kept of it. */
const MOST_WORDS = 1500;
const total = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];
const broken = [];

const text = (xml) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#xA;', ' ').replaceAll('&amp;', '&');

function trx(file, engine) {
  const xml = readFileSync(file, 'utf8');
  for (const [, attributes, , body = ''] of xml.matchAll(/<UnitTestResult\b([^>]*?)(\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const name = `${text(/testName="([^"]*)"/.exec(attributes)[1]).replace(/^Orleans\.Story\.Tests\./, '')} (${engine})`;
    const outcome = /outcome="([^"]*)"/.exec(attributes)[1];
    if (outcome === 'Passed') total.passed++;
    else if (outcome === 'NotExecuted') {
      total.skipped++;
      const why = /<Message>([\s\S]*?)<\/Message>/.exec(body) ?? /<StdOut>([\s\S]*?)<\/StdOut>/.exec(body);
      skipped.push(`${name}: ${why ? text(why[1]).trim() : 'no reason given'}`);
    } else {
      total.failed++;
      const why = /<Message>([\s\S]*?)<\/Message>/.exec(body);
      broken.push(`${name}: ${why ? text(why[1]).trim().slice(0, MOST_WORDS) : 'no message'}`);
    }
  }
}

for (const entry of readdirSync(folder, { recursive: true })) {
  if (entry.endsWith('.trx')) trx(join(folder, entry), entry.startsWith('orleans') ? 'orleans' : 'embedded');
}

const web = join(folder, 'front-end.json');
if (existsSync(web)) {
  const ran = JSON.parse(readFileSync(web, 'utf8'));
  total.passed += ran.numPassedTests;
  total.failed += ran.numFailedTests;
  total.skipped += ran.numPendingTests;
  if (ran.numPendingTests > 0) skipped.push(`${ran.numPendingTests} front-end tests: marked as pending in their source`);
} else {
  total.failed++;
  broken.push('the front end\'s tests did not run');
}

const legs = join(folder, 'skipped.txt');
if (existsSync(legs)) {
  for (const line of readFileSync(legs, 'utf8').trim().split('\n')) {
    total.skipped++;
    skipped.push(line);
  }
}

if (Number(failedBefore) !== 0 && total.failed === 0) {
  total.failed++;
  broken.push('a suite ended with an error before it could report; see above');
}

console.log('');
for (const line of broken) console.log(`failed: ${line}`);
for (const line of skipped) console.log(`skipped: ${line}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
