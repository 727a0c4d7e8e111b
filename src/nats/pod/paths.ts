/** Where things are in the server's pod; the names of the official chart, so that runbooks for it hold here too. */
export const CONFIG_DIRECTORY = '/etc/nats-config';
export const CONFIG_FILE = `${CONFIG_DIRECTORY}/nats.conf`;
export const RUN_DIRECTORY = '/var/run/nats';
export const PID_FILE = `${RUN_DIRECTORY}/nats.pid`;
/** Secrets that nats.conf includes, each in a directory of its name; the server finds them from the directory of nats.conf. */
export const INCLUDE_DIRECTORY = '/etc/nats-secrets';
export const INCLUDE_PATH_FROM_CONFIG = '../nats-secrets';
/** Secrets that the server reads as files, each in a directory of its name. */
export const FILES_DIRECTORY = '/etc/nats-files';
/** Certificates and keys, each Secret in a directory of its name, and CAs from ConfigMaps likewise. */
export const CERTIFICATE_DIRECTORY = '/etc/nats-certs';
export const CA_CERTIFICATE_DIRECTORY = '/etc/nats-ca-certs';
