import { noRanges, ranges } from './version-ranges';
import { isVersionRange } from '../../src/flux/semver-range';

test.each(ranges)('%s is a range', (range) => expect(isVersionRange(range)).toBe(true));

test.each(noRanges)('\'%s\' is none', (range) => expect(isVersionRange(range)).toBe(false));
