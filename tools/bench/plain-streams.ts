/** Makes and writes the streams and consumers of many-streams.ts with cdk8s and the L1s of their kinds alone, and prints for how many milliseconds it did. */
import { App, Chart, YamlOutputType } from 'cdk8s';
import { streamShapes } from './stream-shapes';
import * as nack from '../../imports/jetstream.nats.io';

const count = Number(process.argv[2]);
const start = process.hrtime.bigint();
const app = new App({ outdir: process.env.CDK8S_OUTDIR, yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const chart = new Chart(app, 'jetstream', { namespace: 'nats' });
for (const { name, subjects, consumers } of streamShapes(count)) {
  new nack.Stream(chart, name, {
    metadata: { name },
    spec: {
      name,
      subjects,
      account: 'nats-shop',
      retention: nack.StreamSpecRetention.LIMITS,
      storage: nack.StreamSpecStorage.FILE,
      replicas: 3,
      discard: nack.StreamSpecDiscard.OLD,
      maxAge: '0s',
      duplicateWindow: '2m',
      allowDirect: true,
      compression: nack.StreamSpecCompression.NONE,
      preventDelete: true,
    },
  });
  for (const { name: durableName, filterSubjects } of consumers) {
    new nack.Consumer(chart, `${name}.${durableName}`, {
      metadata: { name: `${name}.${durableName}` },
      spec: {
        streamName: name,
        durableName,
        filterSubjects,
        account: 'nats-shop',
        deliverPolicy: nack.ConsumerSpecDeliverPolicy.ALL,
        ackPolicy: nack.ConsumerSpecAckPolicy.EXPLICIT,
        ackWait: '30s',
        maxDeliver: -1,
        replayPolicy: nack.ConsumerSpecReplayPolicy.INSTANT,
      },
    });
  }
}
app.synth();
console.log(Number(process.hrtime.bigint() - start) / 1e6);
