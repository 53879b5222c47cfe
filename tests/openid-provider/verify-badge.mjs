// Verifies a badge as a stranger would, with a library that is not ours: the badge and the published keys come on standard input, what it
// says goes out as JSON. Exit code 1 when the signature or the time is wrong.
import { text } from 'node:stream/consumers';
import { createLocalJWKSet, jwtVerify } from 'jose';

const { badge, keys, now } = JSON.parse(await text(process.stdin));
// Badges name their key by its address, of which a key set knows the end.
const find = createLocalJWKSet({ keys: keys.keys.map((key) => ({ ...key, kid: `${key.kid}` })) });
try {
  const { payload, protectedHeader } = await jwtVerify(
    badge, (header, token) => find({ ...header, kid: header.kid.split('/').pop() }, token), { algorithms: ['RS256'], currentDate: new Date(now) });
  console.log(JSON.stringify({ header: protectedHeader, credential: payload }));
} catch (error) {
  console.error(error.code ?? error.message);
  process.exit(1);
}
