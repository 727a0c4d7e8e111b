import { reportAndWait } from './report';
import { NatsProcess } from '../../server/harness/nats-process';

test('a server runs', async () => {
  const { pid, folder } = await NatsProcess.start({ config: 'host: "127.0.0.1"\nport: -1' });
  await reportAndWait({ processes: [process.pid, pid!], folder });
}, 600_000);
