/** What begins the subjects of JetStream's API. */
export const API = '$JS.API';

/**
 * Subjects on which a consumer's messages are acknowledged, as the server listens to them: in the format of today, and in the one with domain and account,
 * which servers from 2.14 know, too, and will use one day.
 */
export function ackSubjects(stream: string, consumer: string): string[] {
  return [`$JS.ACK.${stream}.${consumer}.*.*.*.*.*`, `$JS.ACK.*.*.${stream}.${consumer}.*.*.*.*.>`];
}

/** Subjects on which the client of a push consumer says that it has caught up, in both formats. */
export function flowControlSubjects(stream: string, consumer: string): string[] {
  return [`$JS.FC.${stream}.${consumer}.*`, `$JS.FC.*.*.${stream}.${consumer}.*`];
}
