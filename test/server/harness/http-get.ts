import * as http from 'http';
import * as https from 'https';

const ANSWER_MILLISECONDS = 10_000;

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks as kubelet's probes do: over HTTPS without looking at whose certificate it is. */
export function httpGet(url: string, timeout: number = ANSWER_MILLISECONDS): Promise<Answer> {
  const options = { timeout, rejectUnauthorized: false, agent: false as const };
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).get(url, options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
      response.on('end', () => resolve({ status: response.statusCode!, body })).on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer within ${timeout} ms`))).on('error', reject);
  });
}
