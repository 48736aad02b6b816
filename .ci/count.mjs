// Adds up vitest's JSON reports, says which tests failed, and ends with `N passed, N failed`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [failedSteps = '1', folder = '.', expected = '1'] = process.argv.slice(2);
const reports = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
let passed = 0;
let failed = 0;
for (const report of reports) {
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const file of report.testResults) {
    const tests = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of tests) console.log(`failed: ${test.fullName}`);
    // A file that breaks before its first test fails without a failed test.
    if (file.status === 'failed' && tests.length === 0) {
      failed += 1;
      console.log(`failed: ${file.name}: ${file.message}`);
    }
  }
}
// A step that failed without a failed test (a check, a report that wasn't written) counts as one.
if (failed === 0 && (failedSteps !== '0' || reports.length < Number(expected))) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
