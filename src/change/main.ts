#!/usr/bin/env node
import { runCommand } from './command';

const { code, output, errors } = runCommand(process.argv.slice(2));
process.stdout.write(output);
process.stderr.write(errors);
process.exitCode = code;
