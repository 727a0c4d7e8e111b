import { buildAll } from './programs';

buildAll();
