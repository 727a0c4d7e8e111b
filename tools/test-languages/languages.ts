import * as fs from 'fs';
import * as path from 'path';
import { bindings, packageFor } from './bindings';
import { attempt, Ended, run } from '../run';

/** How a program of a language is built and run in a folder of its own. */
export interface Language {
  /** As the guide's blocks of code name it. */
  readonly name: string;
  /** Where the program stands. */
  readonly file: string;
  /** Makes the library available to programs in the folder. */
  readonly install: (folder: string) => void;
  readonly run: (folder: string) => Ended;
}

const ROOT = path.join(__dirname, '..', '..');

export const typeScript: Language = {
  name: 'ts',
  file: 'main.ts',
  install: (folder) => {
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths: { 'cdk8s-nats': [path.join(ROOT, 'lib', 'src')] } } }));
  },
  run: (folder) => attempt(folder, 'npx', 'tsx', 'main.ts'),
};

const python: Language = {
  name: 'python',
  file: 'main.py',
  install: (folder) => {
    run(folder, 'python3', '-m', 'venv', 'venv');
    run(folder, 'venv/bin/pip', 'install', '--quiet', packageFor('python', folder, '.whl'));
  },
  run: (folder) => attempt(folder, 'venv/bin/python', 'main.py'),
};

/** The modules that each binding for Go is, by its name on npm. */
const goModules: { [name: string]: string } = {
  'constructs': 'github.com/aws/constructs-go/constructs/v10',
  'cdk8s': 'github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2',
  'cdk8s-plus-28': 'github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2',
  'cdk8s-nats': 'github.com/cdk8s-nats/cdk8s-nats-go/cdk8snats',
};

const go: Language = {
  name: 'go',
  file: 'main.go',
  install: (folder) => {
    const replaced = [...bindings('go', folder)].map(([name, binding]) => {
      const [module] = fs.readdirSync(binding);
      return `replace ${goModules[name]} => ${path.join(binding, module)}`;
    });
    // The runtime that the generator names is not published for Go in each of its versions.
    fs.writeFileSync(path.join(folder, 'go.mod'), ['module example', 'go 1.25', ...replaced, 'require github.com/aws/jsii-runtime-go v1.141.0', ''].join('\n'));
  },
  run: (folder) => {
    run(folder, 'go', 'mod', 'tidy');
    return attempt(folder, 'go', 'run', '.');
  },
};

const java: Language = {
  name: 'java',
  file: 'src/main/java/Main.java',
  install: (folder) => {
    for (const binding of bindings('java', folder).values()) fs.cpSync(path.join(binding, 'src', 'main'), path.join(folder, 'src', 'main'), { recursive: true });
    fs.copyFileSync(path.join(__dirname, 'pom.xml'), path.join(folder, 'pom.xml'));
  },
  run: (folder) => attempt(folder, 'mvn', '-q', '-B', 'compile', 'exec:java', '-Dexec.mainClass=Main'),
};

export const languages = [python, go, java];
