import { ExpectedDifference } from './expected';

const CONF = 'ConfigMap/nats-config: data[nats.conf]';
const POD = 'StatefulSet/nats: spec.template.spec';
const SERVER = `${POD}.containers[nats]`;
const BOX_POD = 'Deployment/nats-box: spec.template.spec';
const BOX = `${BOX_POD}.containers[nats-box]`;

/** Every difference between what the chart renders and what we do, and why it is one. */
export const DIFFERENCES: ExpectedDifference[] = [
  {
    topic: 'Objects',
    at: ['ServiceAccount/nats', `${POD}.serviceAccountName`],
    side: 'ours',
    why: 'The servers have an identity of their own, so that nothing that is granted to the default ServiceAccount of the namespace holds for them.',
  },
  {
    topic: 'Objects',
    at: ['NetworkPolicy/nats'],
    side: 'ours',
    why: 'Routes are open to the servers only, clients are named, and the monitoring port, which has no authentication, is closed.',
  },
  {
    topic: 'Objects',
    at: ['Pod/nats-test-request-reply'],
    side: 'chart',
    why: 'The pod is a hook of `helm test`; whatever else applies the manifests would run it each time.',
  },
  {
    topic: 'Objects',
    at: ['*/*: metadata.namespace'],
    side: 'ours',
    why: 'An object says where it belongs, whoever applies it.',
  },
  {
    topic: 'Objects',
    at: ['StatefulSet/nats: spec.volumeClaimTemplates'],
    side: 'chart',
    why: 'A field that has no value is left out: the API server drops a null, and GitOps tools that compare then see a difference for ever.',
  },
  {
    topic: 'Labels',
    at: ['*/*: metadata.labels[app.kubernetes.io/managed-by]'],
    side: 'both',
    why: 'It names the tool that made the object.',
  },
  {
    topic: 'Labels',
    at: ['*/*: metadata.labels[helm.sh/chart]', '*/*: metadata.labels[app.kubernetes.io/version]'],
    side: 'chart',
    why: 'There is no chart, and the version is that of the image: an update changes the one object that it concerns.',
  },
  {
    topic: 'Labels',
    at: [
      '*/*: spec.template.metadata.labels[helm.sh/chart]',
      '*/*: spec.template.metadata.labels[app.kubernetes.io/version]',
      '*/*: spec.template.metadata.labels[app.kubernetes.io/managed-by]',
    ],
    side: 'chart',
    why: 'Pods have the labels that select them and those that are asked for; a new version of a label on a pod would restart every server.',
  },
  {
    topic: 'Security',
    at: [`${POD}.securityContext.**`, `${POD}.containers[*].securityContext.**`, `${BOX_POD}.securityContext.**`, `${BOX}.securityContext.**`],
    side: 'ours',
    why: 'The pods pass Pod Security `restricted`: one user that is not root for all containers, no capabilities, a root file system that nothing writes to; the chart runs as root.',
  },
  {
    topic: 'Security',
    at: [`${POD}.automountServiceAccountToken`, `${BOX_POD}.automountServiceAccountToken`],
    side: 'ours',
    why: 'Neither the servers nor the tools talk to the Kubernetes API, so no pod holds a token for it.',
  },
  {
    topic: 'Security',
    at: [`${POD}.containers[*].volumeMounts[config].readOnly`],
    side: 'ours',
    why: 'Nothing writes to the configuration.',
  },
  {
    topic: 'Resources',
    at: [`${POD}.containers[*].resources.**`, `${BOX}.resources.**`],
    side: 'ours',
    why: 'Every container requests what it needs and is limited; without that the servers are the first to be evicted from a node that runs short of memory.',
  },
  {
    topic: 'Resources',
    at: [`${SERVER}.env[GOMEMLIMIT].*`],
    side: 'ours',
    why: 'At four fifths of the memory limit the Go runtime frees memory, before the container is killed at the limit.',
  },
  {
    topic: 'JetStream',
    at: [`${CONF}.jetstream.max_file_store`],
    side: 'both',
    why: 'Streams may fill three quarters of the volume instead of all of it: a file system is smaller than its volume, and after a full disk JetStream stays in error until the server restarts.',
  },
  {
    topic: 'JetStream',
    at: ['StatefulSet/nats: spec.persistentVolumeClaimRetentionPolicy.*'],
    side: 'ours',
    why: 'That the volumes outlive the StatefulSet is said, not left to a default.',
  },
  {
    topic: 'JetStream',
    at: ['StatefulSet/nats: spec.volumeClaimTemplates[*].apiVersion', 'StatefulSet/nats: spec.volumeClaimTemplates[*].kind',
      'StatefulSet/nats: spec.volumeClaimTemplates[*].spec.volumeMode'],
    side: 'ours',
    why: 'The claim is written as the API server returns it, so that GitOps tools that compare see no difference.',
  },
  {
    topic: 'Probes',
    at: [`${SERVER}.startupProbe.httpGet.path`],
    side: 'both',
    why: 'A server has started when it has caught up with the cluster (without clustered JetStream: when it serves); the chart asks for every stream and consumer, so that one damaged consumer stops a rollout for ever.',
  },
  {
    topic: 'Probes',
    at: [`${SERVER}.startupProbe.periodSeconds`, `${SERVER}.startupProbe.failureThreshold`],
    side: 'both',
    why: 'Half an hour instead of a quarter for the recovery of a large store, asked for twice as often.',
  },
  {
    topic: 'Probes',
    at: [`${SERVER}.livenessProbe.httpGet.path`],
    side: 'both',
    why: 'A server that serves its clients is not restarted because of its JetStream, which a restart does not mend.',
  },
  {
    topic: 'Probes',
    at: [`${SERVER}.readinessProbe.periodSeconds`, `${SERVER}.readinessProbe.timeoutSeconds`],
    side: 'both',
    why: 'A server that does not serve leaves the Service after 15 seconds instead of 30.',
  },
  {
    topic: 'Probes',
    at: [`${SERVER}.*Probe.initialDelaySeconds`],
    side: 'chart',
    why: 'The startup probe holds back the others, so a delay only makes every restart longer.',
  },
  {
    topic: 'Restarts',
    at: [`${SERVER}.lifecycle.preStop.exec.command`],
    side: 'both',
    why: 'After the signal for lame duck mode the pod waits 5 seconds: of two signals at once the server takes SIGTERM and drops all clients, and its address needs time to leave the Service.',
  },
  {
    topic: 'Restarts',
    at: [`${POD}.terminationGracePeriodSeconds`],
    side: 'both',
    why: 'It holds the pause, the lame duck mode and the time to shut down, and grows with the lame duck duration; the chart has 60 seconds whatever the duration is.',
  },
  {
    topic: 'Restarts',
    at: ['StatefulSet/nats: spec.minReadySeconds'],
    side: 'ours',
    why: 'A rollout gives the streams of a server time to catch up before it stops the next one.',
  },
  {
    topic: 'Restarts',
    at: ['StatefulSet/nats: spec.updateStrategy.**'],
    side: 'ours',
    why: 'How an update goes is said, not left to a default.',
  },
  {
    topic: 'Restarts',
    at: ['StatefulSet/nats: spec.template.metadata.annotations[cdk8s-nats/restart-checksum]'],
    side: 'ours',
    why: 'Changes of nats.conf that a reload cannot apply restart the servers one by one; the chart by default never applies them.',
  },
  {
    topic: 'Secrets',
    at: [`${SERVER}.env[SECRET_*].**`, `${SERVER}.env[URL_*].*`],
    side: 'ours',
    why: 'A password comes from a Secret in a variable, from which nats.conf has it; what the server reads is what the chart writes into the ConfigMap.',
  },
  {
    topic: 'Secrets',
    at: [`${SERVER}.command`],
    side: 'ours',
    why: 'Before the server starts, its pod refuses a secret with which it would be open or could not be used, and says which.',
  },
  {
    topic: 'TLS',
    at: [`${CONF}.**cert_file`, `${CONF}.**key_file`, `${POD}.containers[reloader].args`],
    side: 'both',
    why: 'A directory has the name of its Secret and not of a listener, because one Secret may serve several.',
  },
  {
    topic: 'TLS',
    at: [`${POD}.containers[*].volumeMounts[*-tls].*`, `${POD}.volumes[*-tls].**`],
    side: 'chart',
    why: 'The volumes of certificates have names that no other volume has.',
  },
  {
    topic: 'TLS',
    at: [`${POD}.containers[*].volumeMounts[tls-*].*`, `${POD}.volumes[tls-*].**`],
    side: 'ours',
    why: 'They hold only the keys that are needed, for the group of the servers alone.',
  },
  {
    topic: 'TLS',
    at: [`${BOX}.volumeMounts[tls-*].*`, `${BOX_POD}.volumes[tls-*].**`],
    side: 'ours',
    why: 'Where the servers ask clients for certificates, the nats-box has one; that of the chart cannot connect.',
  },
  {
    topic: 'Services',
    at: ['Service/nats-headless: spec.ports[profiling].*'],
    side: 'chart',
    why: 'Profiles are read through a port-forward, for which no Service is needed.',
  },
  {
    topic: 'Services',
    at: ['Service/nats: spec.externalTrafficPolicy'],
    side: 'ours',
    why: 'From outside, the servers see the addresses of clients, by which the NetworkPolicy judges.',
  },
  {
    topic: 'Scheduling',
    at: [`${POD}.topologySpreadConstraints**`],
    side: 'ours',
    why: 'No two servers share a node, and zones are used evenly; in the chart all servers may stand on one node.',
  },
  {
    topic: 'Configuration',
    at: [`${SERVER}.env[SERVER_NAME].value`],
    side: 'both',
    why: 'Single quotes keep the server from reading a variable as a number, a size or a boolean; the name that comes out is the same.',
  },
  {
    topic: 'Configuration',
    at: [`${CONF}.tls.verify_cert_and_check_known_urls`],
    side: 'chart',
    why: 'nats-server does not start with it; it is refused.',
  },
  {
    topic: 'Configuration',
    at: [`${CONF}.system_account`, `${CONF}.accounts[$SYS]`],
    side: 'ours',
    why: 'nats-server does not start without a system account where it has a gateway and leaf nodes, or a resolver that keeps JWTs.',
  },
  {
    topic: 'Configuration',
    at: [`${CONF}.operator`, `${CONF}.resolver.type`],
    side: 'ours',
    why: 'nats-server does not start with a resolver that has no type, and without an operator a resolver does nothing.',
  },
  {
    topic: 'Configuration',
    at: [`${CONF}.authorization.**`],
    side: 'ours',
    why: 'Where certificates are mapped to users, there are users.',
  },
  {
    topic: 'nats-box',
    at: ['Secret/nats-box-contexts', `${BOX_POD}.volumes[contexts].**`, `${BOX}.volumeMounts[contexts].*`],
    side: 'chart',
    why: 'No Secret is written: contexts are made in the pod, with the Secrets of the users.',
  },
  {
    topic: 'nats-box',
    at: [`${BOX}.volumeMounts[context-*].*`, `${BOX_POD}.volumes[context-*].**`],
    side: 'ours',
    why: 'Where the servers are in operator mode, the nats-box has credentials; that of the chart cannot connect.',
  },
  {
    topic: 'nats-box',
    at: [`${BOX}.env[*].*`],
    side: 'ours',
    why: 'The tools look for their contexts where these variables say.',
  },
  {
    topic: 'nats-box',
    at: [`${BOX}.command`],
    side: 'both',
    why: 'Contexts are written into the home directory, because nothing else of the image can be written to, and have the port and namespace of the Service, which the chart leaves out.',
  },
  {
    topic: 'nats-box',
    at: [`${BOX}.args`],
    side: 'chart',
    why: 'Waiting for the end is part of the command.',
  },
  {
    topic: 'nats-box',
    at: [`${BOX_POD}.volumes[home].**`, `${BOX_POD}.volumes[tmp].*`, `${BOX}.volumeMounts[home].*`, `${BOX}.volumeMounts[tmp].*`, `${BOX}.workingDir`],
    side: 'ours',
    why: 'A home, which is in memory because contexts hold secrets, and a directory for temporary files can be written to; the rest of the image cannot.',
  },
];
