import { TestEnvironment } from 'jest-environment-node';

// A worker whose Jest is gone would go on to the end of its tests, with nobody to hear of them. Inside of tests, `process` is a copy that is told nothing.
const end = () => process.exit(1);
if (process.connected === false) end();
process.once('disconnect', end);

export default TestEnvironment;
