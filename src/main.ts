import { dev, production, staging } from './environments';
import { Dist } from './index';

process.stdout.write(Dist.write({ dev: dev(), staging: staging(), production: production() }));
