// Starts the provider on a free port, says which on standard output, and ends with its standard input. Everything under /test tells it
// what the tests want: people, faults, notices of a sign-out. Its keys are made anew at every start.
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';

// The clock of the tests, which is not always that of the machine.
const machine = Date.now;
let ahead = 0;
Date.now = () => machine() + ahead;

const client = { id: process.env.CLIENT_ID, secret: process.env.CLIENT_SECRET };
const callback = '/sign-in/work-account/callback';
const people = new Map();
let site = 'https://localhost';
let fault = {};

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const { privateKey: strangersKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: 'today', use: 'sig', alg: 'RS256' };

const server = createServer();
await new Promise((resolve) => server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: [site + callback],
    post_logout_redirect_uris: [site + '/sign-in'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
    backchannel_logout_uri: site + '/sign-in/work-account/signed-out',
    backchannel_logout_session_required: true,
  }],
  jwks: { keys: [key] },
  cookies: { keys: [randomUUID()] },
  claims: {
    openid: ['sub', 'groups', 'roles', 'hasgroups'],
    email: ['email', 'email_verified'],
    profile: ['name'],
  },
  conformIdTokenClaims: true,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, IdToken: 3600, Interaction: 3600, Session: 86400, Grant: 86400, RefreshToken: 86400 },
  issueRefreshToken: async () => !fault.noRefreshToken,
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      postLogoutSuccessSource(ctx) {
        ctx.body = page('You are signed out of the provider', '');
      },
      logoutSource(ctx, form) {
        ctx.body = page('Sign out of the provider?', `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`);
      },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const { client: asking, session, provider: own, result } = ctx.oidc;
    const known = result?.consent?.grantId ?? session.grantIdFor(asking.clientId);
    if (known) return own.Grant.find(known);
    const grant = new own.Grant({ clientId: asking.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile email offline_access');
    await grant.save();
    return grant;
  },
  async findAccount(ctx, id) {
    const person = people.get(id);
    return person && !person.closed ? { accountId: id, claims: async () => ({ sub: id, ...person.claims }) } : undefined;
  },
  // The library gives a dispatcher of its own, which the fetch of Node 20 does not take.
  fetch: (url, { dispatcher, ...options }) => fetch(String(url).replace('https://localhost', site), options),
});
// Tests reach their site by ports that are not known beforehand.
provider.Client.prototype.redirectUriAllowed = (address) => address.endsWith(callback);
provider.Client.prototype.postLogoutRedirectUriAllowed = (address) => address.endsWith('/sign-in');

provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/token' && ctx.status === 200 && ctx.body?.id_token && (fault.claims || fault.strangersKey)) {
    ctx.body.id_token = await sign({ ...decodeJwt(ctx.body.id_token), ...fault.claims }, 'JWT');
  }
});

const page = (heading, body) => `<!doctype html><html lang="en"><title>${heading}</title><h1>${heading}</h1>${body}`;

function sign(claims, typ) {
  const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
  return new SignJWT(kept).setProtectedHeader({ alg: 'RS256', kid: key.kid, typ }).sign(fault.strangersKey ? strangersKey : privateKey);
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function interact(request, response) {
  response.setHeader('content-type', 'text/html');
  if (request.method !== 'POST') {
    response.end(page('Sign in to the provider', '<form method="post"><label>Login <input name="login"></label> <button>Sign in</button></form>'));
    return;
  }

  const login = new URLSearchParams(await bodyOf(request)).get('login');
  if (login === 'cancel') {
    await provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'The person went away' });
  } else if (people.has(login) && !people.get(login).closed) {
    await provider.interactionFinished(request, response, { login: { accountId: login } });
  } else {
    response.statusCode = 403;
    response.end(page('You cannot sign in', ''));
  }
}

async function tell(path, request, response) {
  const told = JSON.parse((await bodyOf(request)) || '{}');
  switch (path) {
    case '/test/person':
      people.set(told.sub, told);
      break;
    case '/test/fault':
      fault = told;
      break;
    case '/test/clock':
      ahead = told.now - machine();
      break;
    case '/test/site':
      site = told.site;
      break;
    case '/test/logout-token': {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer, aud: client.id, iat: now, exp: now + 120, jti: randomUUID(),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, ...told.claims,
      };
      response.end(await sign(claims, told.typ ?? 'logout+jwt'));
      return;
    }
    default:
      response.statusCode = 404;
  }

  response.end();
}

const answer = provider.callback();
server.on('request', (request, response) => {
  const { pathname } = new URL(request.url, issuer);
  const fails = (error) => { console.error(error); response.statusCode = 500; response.end(); };
  if (pathname.startsWith('/test/')) tell(pathname, request, response).catch(fails);
  else if (pathname === '/favicon.ico') { response.statusCode = 204; response.end(); }
  else if (fault.isDown) { response.statusCode = 503; response.end(); }
  else if (pathname.startsWith('/interaction/')) interact(request, response).catch(fails);
  else answer(request, response);
});
console.log(issuer);
process.stdin.on('end', () => process.exit()).resume();
