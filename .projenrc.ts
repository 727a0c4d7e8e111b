import { cdk8s, javascript, JsonFile, typescript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-nats',
  description: 'NATS on Kubernetes from code: servers, accounts, JetStream and alerts as cdk8s constructs whose mistakes are errors at synth',
  author: 'The cdk8s-nats authors',
  authorAddress: 'https://github.com/cdk8s-nats',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-nats/cdk8s-nats.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-nats authors',
  stability: 'experimental',
  keywords: ['cdk8s', 'kubernetes', 'nats', 'jetstream', 'nack', 'flux', 'cert-manager'],
  defaultReleaseBranch: 'main',

  // The devDependencies are pinned at these minimums: the tests run on the lower bound that the peers allow.
  cdk8sVersion: '2.70.106',
  constructsVersion: '10.5.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: ['@nats-io/jwt@^0.0.11', '@nats-io/nkeys@^2.0.3', 'ajv@^8.20.0', 'ajv-formats@^3.0.1', 'commander@^14.0.3', 're2js@^2.10.0', 'yaml@^2.9.1'],
  devDeps: [
    '@nats-io/jetstream@3.4.0',
    '@nats-io/kv@3.4.0',
    '@nats-io/obj@3.4.0',
    '@nats-io/services@3.0.0-25',
    '@nats-io/transport-node@3.4.0',
    'cdk8s-cli@2.207.60',
    'cdk8s-plus-28@2.5.6',
    'fast-check@^4.11.0',
    'jest-environment-node@^30.5.2',
    'mqtt@^5.16.0',
    'ws@^8.18.3',
    '@types/ws@^8.18.1',
  ],
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.16.0',
  packageManager: javascript.NodePackageManager.NPM,

  publishToPypi: { distName: 'cdk8s-nats', module: 'cdk8s_nats' },
  publishToMaven: { mavenGroupId: 'io.github.cdk8s-nats', mavenArtifactId: 'cdk8s-nats', javaPackage: 'io.github.cdk8s_nats' },
  publishToGo: { moduleName: 'github.com/cdk8s-nats/cdk8s-nats-go' },

  // `imports/` stands beside `src/`, so the compiler's root is the project and the entry lies one level deeper.
  entrypoint: 'lib/src/index.js',
  tsconfig: {
    compilerOptions: { rootDir: '.', outDir: 'lib' },
    include: ['imports/**/*.ts', 'imports/**/*.json'],
  },
  tsconfigDev: {
    compilerOptions: { rootDir: '..' },
    include: ['../src/**/*.ts', '../imports/**/*.ts', '../tools/**/*.ts'],
  },
  // `dist/` is what a synth writes, so the packages of the languages go elsewhere.
  artifactsDirectory: 'packages',
  docgenFilePath: 'API.md',

  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false,
      // Whatever a run starts or writes ends with it, also where it is interrupted.
      globalSetup: '<rootDir>/test/runner/temporary-folder.ts',
      testEnvironment: '<rootDir>/test/runner/environment.ts',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      // What these need takes minutes to build, once: `npm run test:cluster` and `npm run test:monitoring` run them.
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/prometheus/'],
    },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'tools'], fileExtensions: ['.ts'], commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] } },
  integrationTestAutoDiscover: false,

  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,
});
project.addFields({ types: 'lib/src/index.d.ts' });
project.addBins({ 'cdk8s-nats': 'lib/src/change/main.js' });
// 1.13.0 names bindings for platforms that were never published, with which npm writes a lock file that npm ci then refuses.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// The synth app, which is not part of the package.
const synthApp = ['main', 'environments', 'order-processing'];
project.npmignore!.exclude('/imports/', '/tools/', '/docs/', '/cdk8s.yaml', '/.ci/', ...synthApp.map((file) => `/lib/src/${file}.*`));
project.gitignore.include('/docs/');
project.gitignore.exclude('.jsii.tabl.json');

// The linter looks for the types of a file in the next tsconfig.json above it.
new JsonFile(project, 'tools/tsconfig.json', {
  obj: { extends: '../test/tsconfig.json', include: ['**/*.ts', '../src/**/*.ts', '../imports/**/*.ts', '../test/**/*.ts'] },
});

// The rooms of the house: what a folder of src/ may import besides itself. Lint holds it; docs/architecture.md draws it.
const rooms: Record<string, string[]> = {
  core: [],
  certificates: ['core'],
  nats: ['core', 'certificates'],
  jetstream: ['core', 'certificates', 'nats'],
  monitoring: ['core', 'certificates', 'nats', 'jetstream'],
  change: ['core', 'certificates', 'nats', 'jetstream'],
  flux: ['core'],
  platform: ['core', 'certificates', 'nats', 'jetstream', 'monitoring', 'flux'],
};
const allRooms = Object.keys(rooms);
project.eslint!.addRules({
  'import/no-cycle': ['error'],
  'import/no-restricted-paths': ['error', {
    zones: [
      ...allRooms.map((room) => ({
        target: `./src/${room}`,
        from: ['./src/index.ts', ...synthApp.map((file) => `./src/${file}.ts`), './test', './tools', ...allRooms.filter((other) => other !== room && !rooms[room].includes(other)).map((other) => `./src/${other}`)],
        message: `src/${room} may import only ${['itself', ...rooms[room]].join(', ')} and imports/ (docs/architecture.md)`,
      })),
      { target: ['./src/index.ts', ...synthApp.map((file) => `./src/${file}.ts`)], from: ['./test', './tools'] },
    ],
  }],
});
project.eslint!.addIgnorePattern('imports/');

// Scripts that a person types run without projen in between: it would double their start-up time.
const scripts: Record<string, string> = {
  // The command of tsx would start a second process for the same.
  'synth': 'node --import tsx src/main.ts',
  'import': 'tsx tools/import/main.ts',
  'docs': 'tsx tools/docs/main.ts',
  'compare:helm': 'tsx tools/compare-helm/main.ts',
  'bench': 'tsx tools/bench/main.ts',
  'fuzz': 'tsx tools/fuzz/main.ts',
  'test:package': 'tsx tools/test-package.ts',
  'test:languages': 'tsx tools/test-languages/main.ts',
  // Without exec, npm would tell a shell of a signal, and not what the shell waits for.
  'test:cluster': 'exec jest --ci --runInBand --testPathIgnorePatterns /node_modules/ test/cluster/pods --testPathPatterns test/cluster',
  'test:pods': 'exec test/cluster/pods/world.sh node node_modules/.bin/jest --ci --runInBand --testPathIgnorePatterns /node_modules/ --testPathPatterns test/cluster/pods',
  'test:faults': 'exec test/cluster/pods/world.sh node --import tsx test/cluster/pods/faults/main.ts',
  'test:monitoring': 'exec jest --ci --runInBand --testPathIgnorePatterns /node_modules/ --testPathPatterns test/prometheus',
};
for (const [name, command] of Object.entries(scripts)) project.setScript(name, command);

const generatedAreCurrent = project.addTask('check:generated', {
  description: 'Fails when a generated document that is committed is not what its generator writes',
  exec: 'tsx tools/docs/main.ts --check',
});
const typecheck = project.addTask('typecheck', {
  description: 'Checks the types of the tests and tools; jsii has checked those of the library',
  exec: 'tsc --noEmit -p test/tsconfig.json',
});
const snippets = project.addTask('check:snippets', {
  description: 'Compiles each snippet of README, of the guides and of the docstrings against the compiled library',
  exec: 'tsx tools/docs/check-snippets.ts',
});
project.testTask.reset();
for (const task of [project.compileTask, typecheck, generatedAreCurrent, snippets, project.eslint!.eslintTask]) project.testTask.spawn(task);
project.testTask.exec('jest --ci', { receiveArgs: true });

// jsii works on Node 20, which this library supports, but prints a banner that hides its own messages.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.synth();
