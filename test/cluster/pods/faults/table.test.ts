import { isGood, table } from './table';
import { Outcome } from './trial';

const outcome: Outcome = {
  acknowledged: 1000, lost: [], storedTwice: [], readAgain: 1, reconnects: 2, publishPause: 2040, readPause: 90, lasted: 300, overAfter: 11_700,
};

test('the table has sums of counts, and the worst of times', () => {
  const rows = [
    { fault: 'leader killed', outcomes: [outcome, { ...outcome, overAfter: 3000 }] },
    { fault: 'power lost', outcomes: [outcome, { ...outcome, lost: ['a', 'b'] }] },
    { fault: 'node drained', outcomes: [outcome], problem: 'not so within 300000 ms' },
    { fault: 'rolling update', outcomes: [] },
  ];

  expect(table(rows)).toBe(`
| fault          | rounds | acknowledged | lost | stored twice | read again | reconnects | publish pause | read pause | lasted | over after | verdict                  |
| -------------- | ------ | ------------ | ---- | ------------ | ---------- | ---------- | ------------- | ---------- | ------ | ---------- | ------------------------ |
| leader killed  | 2      | 2000         | 0    | 0            | 2          | 4          | 2.0 s         | 0.1 s      | 0.3 s  | 11.7 s     | good                     |
| power lost     | 2      | 2000         | 2    | 0            | 2          | 4          | 2.0 s         | 0.1 s      | 0.3 s  | 11.7 s     | messages lost or doubled |
| node drained   | 1      | 1000         | 0    | 0            | 1          | 2          | 2.0 s         | 0.1 s      | 0.3 s  | 11.7 s     | not over                 |
| rolling update | 0      | 0            | 0    | 0            | 0          | 0          |               |            |        |            | not tried                |
`.trim());
  expect(rows.map(isGood)).toEqual([true, false, false, true]);
});
