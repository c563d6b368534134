import http from 'node:http';
import { webHost } from '../kit/web-host.ts';

/**
 * A host at which a gateway can be reached under its canonical base URL, so that another register can call back. It
 * is there before the gateway has a port, passes every request on, and knows who came by.
 *
 * @param port of the gateway behind it, asked at each request
 */
export function frontDoor(port: () => number) {
  const host = webHost((request, response) => {
    const { method = '', url = '', headers } = request;
    const passedOn = http.request({
      host: '127.0.0.1',
      port: port(),
      method,
      path: url,
      headers,
      agent: false,
    });
    passedOn.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passedOn.on('error', () => response.destroy());
    request.pipe(passedOn);
  });
  return {
    get origin() {
      return host.origin;
    },
    /** Who came by in this spec, as `GET /path`, without the query. */
    passed: () => host.requests.map(({ method = '', url = '' }) => `${method} ${url.replace(/\?.*/, '')}`),
  };
}
