import { isVersionRange } from '../../src/flux/semver-range';

// As Masterminds/semver v3 judges them, by which Flux and Helm read ranges.
test.each([
  '1.2.3', 'v1.2.3', '1.2', '1', '*', '1.x', '1.2.*', '^1.2', '~1.2.3', '~>1.2', '>=1.20.0 <2.0.0', '>= 1.20.0, < 2.0.0', '>=1.0.0-0', '1.0.0-rc.1', '1.0.0+build.5',
  '1.2 - 2', '1.2.3 - 2.3.4', '1.2 - 2 || 3.x', '!=1.2.3', '=>1.2', '<1.0.0 || >=2.0.0', '=1.2.3', '1.2,3', '1.2.3 - 2.3.4, <5',
])('%s is a range', (range) => expect(isVersionRange(range)).toBe(true));

test.each(['', ' ', 'latest', 'stable', '1.2.3.4', '>=', '1..2', '1.2.3 -', '>1.0 and <2.0', 'v', '1.2.3-', '||', '1.x ||', '>=1.0.0; <2.0.0', '^^1.2', 'main', '1|2', 'xx', '>1.2<2'])(
  '\'%s\' is none', (range) => expect(isVersionRange(range)).toBe(false));
