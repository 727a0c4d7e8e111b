import { connect, Socket } from 'net';

/** An open connection, and what has come over it. */
export interface Conversation {
  readonly socket: Socket;
  readonly answer: Buffer;
}

/** Dials, sends bytes and waits until the answer has what is awaited. */
export function conversation(address: string, sent: string | Buffer, awaited: (answer: Buffer) => boolean): Promise<Conversation> {
  const [host, port] = address.split(':');
  return exchange(connect(Number(port), host), sent, awaited);
}

/** Sends bytes over a connection and waits until what comes thereafter has what is awaited. */
export function exchange(socket: Socket, sent: string | Buffer, awaited: (answer: Buffer) => boolean): Promise<Conversation> {
  socket.write(sent);
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(`${reason}; the answer is ${JSON.stringify(answer.toString())}`));
    };
    socket.removeAllListeners('data').setTimeout(10_000, () => fail('10 s went by'));
    socket.on('error', (error) => fail(error.message)).on('close', () => fail('the connection was closed'));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (awaited(answer)) resolve({ socket, answer });
    });
  });
}

/** The code with which a server answers an MQTT client: 0 lets it in, 5 does not. */
export async function mqttLogin(address: string, user: string, password: string): Promise<number> {
  const text = (value: string) => [Buffer.from([0, value.length]), Buffer.from(value)];
  const body = Buffer.concat([...text('MQTT'), Buffer.from([4, 0xc2, 0, 60]), ...text('sensor'), ...text(user), ...text(password)]);
  const { socket, answer } = await conversation(address, Buffer.concat([Buffer.from([0x10, body.length]), body]), (bytes) => bytes.length >= 4);
  socket.destroy();
  expect([...answer.subarray(0, 3)]).toEqual([0x20, 2, 0]);
  return answer[3];
}

/** The request that turns HTTP into WebSocket. */
export function webSocketUpgrade(address: string, origin: string): string {
  return [
    'GET / HTTP/1.1', `Host: ${address}`, 'Upgrade: websocket', 'Connection: Upgrade', `Origin: ${origin}`, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13', '', '',
  ].join('\r\n');
}

/** What a server answers a WebSocket client: `PONG`, or the error with which it refuses it. */
export async function webSocketLogin(address: string, credentials: object): Promise<string> {
  const greeted = (bytes: Buffer) => bytes.includes('INFO {') && bytes.includes('}');
  const { socket } = await conversation(address, webSocketUpgrade(address, `http://${address}`), greeted);
  const said = (bytes: Buffer) => /PONG|-ERR '[^']*'/.exec(bytes.toString('latin1'))?.[0];
  const { answer } = await exchange(socket, frameOf(`CONNECT ${JSON.stringify({ verbose: false, ...credentials })}\r\nPING\r\n`), (bytes) => said(bytes) !== undefined);
  socket.destroy();
  return said(answer)!;
}

/** A final, binary frame of at most 125 bytes, with a mask that changes nothing. */
function frameOf(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x82, 0x80 + text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}
