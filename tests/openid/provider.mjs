// An OpenID provider in the Swedish profile, made of the npm package `oidc-provider`. It shares no line with ours or with the simulator.
//
//   node provider.mjs '{"modules": "<folder that holds node_modules>", "port": 7000, "certificate": …, "key": …, "client": {…}}'
//
// A person is who its interaction says: GET /interaction/<uid>/login?number=…&given=…&family=…&acr=…, or
// /interaction/<uid>/deny?error=…. GET /keys/change?alg=… makes a new key the only one, and signs by it from now on.
import { createServer } from 'node:https';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const settings = JSON.parse(process.argv[2]);
const { resolve } = createRequire(`${settings.modules}/`);
const { Provider } = await import(pathToFileURL(resolve('oidc-provider')));
const { default: MemoryAdapter } = await import(pathToFileURL(resolve('oidc-provider/lib/adapters/memory_adapter.js')));
// What it remembers of persons and requests outlives a change of keys; the package's own would not.
class Memory extends MemoryAdapter {}

const CLAIM = 'https://id.oidc.se/claim/';
const NUMBER = `${CLAIM}personalIdentityNumber`;
const AUTHN_PROVIDER = `${CLAIM}authnProvider`;
const NUMBER_SCOPE = 'https://id.oidc.se/scope/naturalPersonNumber';
const INFO_SCOPE = 'https://id.oidc.se/scope/naturalPersonInfo';
const AUTHN_PROVIDER_PARAMETER = 'https://id.oidc.se/param/authnProvider';
const LEVELS = ['loa2', 'loa3', 'loa4'].map((level) => `http://id.elegnamnden.se/loa/1.0/${level}`);
const persons = new Map();
let keysMade = 0;

function newKey(alg) {
  const { privateKey } = alg === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
  keysMade += 1;
  return { ...privateKey.export({ format: 'jwk' }), kid: `key-${keysMade}`, alg, use: 'sig' };
}

// The relying party names its key by its thumbprint (RFC 7638).
function publicKey(file) {
  const { crv, kty, x, y } = createPublicKey(readFileSync(file)).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { crv, kty, x, y, kid, alg: 'ES256', use: 'sig' };
}

function client(alg) {
  return {
    client_id: settings.client.id,
    redirect_uris: [settings.client.redirect],
    post_logout_redirect_uris: [settings.client.loggedOut],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    request_object_signing_alg: 'ES256',
    require_signed_request_object: true,
    id_token_signed_response_alg: alg,
    userinfo_signed_response_alg: alg,
    require_auth_time: true,
    backchannel_logout_uri: settings.client.logout,
    backchannel_logout_session_required: true,
    jwks: { keys: [publicKey(settings.client.key)] },
  };
}

function configuration(alg) {
  return {
    adapter: Memory,
    clients: [client(alg)],
    jwks: { keys: [newKey(alg)] },
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256', 'RS256', 'PS256'],
      userinfoSigningAlgValues: ['ES256', 'RS256', 'PS256'],
    },
    pkce: { required: () => true },
    acrValues: LEVELS,
    scopes: ['openid', NUMBER_SCOPE, INFO_SCOPE],
    claims: {
      openid: ['sub'],
      [NUMBER_SCOPE]: [NUMBER, AUTHN_PROVIDER],
      [INFO_SCOPE]: ['name', 'given_name', 'family_name', 'birthdate'],
      acr: null,
      auth_time: null,
      sid: null,
    },
    conformIdTokenClaims: false,
    extraParams: [AUTHN_PROVIDER_PARAMETER],
    ttl: { IdToken: 300, AccessToken: 300, AuthorizationCode: 60, Interaction: 600, Session: 3600, Grant: 3600 },
    cookies: { keys: ['only-for-tests'] },
    // Without the package's guard, which lets it tell nobody on this machine of a logout.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
    features: {
      claimsParameter: { enabled: true },
      requestObjects: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
    },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    // Our purpose is log-in: nobody is asked for consent.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(`openid ${NUMBER_SCOPE} ${INFO_SCOPE}`);
      grant.addOIDCClaims([NUMBER]);
      await grant.save();
      return grant;
    },
    findAccount: (ctx, id) => (persons.has(id) ? { accountId: id, claims: () => ({ sub: id, ...persons.get(id) }) } : undefined),
  };
}

// What the interaction of a request ends with. A level below those that the request demands is refused: the package would ask again.
function loggedIn(params, { number, given, family, acr }) {
  if (!JSON.parse(params.claims).id_token.acr.values.includes(acr)) return { error: 'unmet_authentication_requirements' };
  const accountId = `subject-${createHash('sha256').update(number).digest('hex').slice(0, 16)}`;
  persons.set(accountId, {
    [NUMBER]: number,
    [AUTHN_PROVIDER]: params[AUTHN_PROVIDER_PARAMETER],
    name: `${given} ${family}`,
    given_name: given,
    family_name: family,
    birthdate: `${number.slice(0, 4)}-${number.slice(4, 6)}-${number.slice(6, 8)}`,
  });
  return { login: { accountId, acr, amr: ['pop'], ts: Math.floor(Date.now() / 1000), remember: false } };
}

// The provider with one new key.
function provide(alg) {
  const provider = new Provider(`https://localhost:${settings.port}`, configuration(alg));
  provider.use(async (ctx, next) => {
    const [, place, , action] = ctx.path.split('/');
    if (place !== 'interaction') return next();
    if (!action) {
      ctx.body = 'Who are you?';
      return undefined;
    }
    const { params } = await provider.interactionDetails(ctx.req, ctx.res);
    ctx.respond = false;
    return provider.interactionFinished(ctx.req, ctx.res, action === 'login' ? loggedIn(params, ctx.query) : { error: ctx.query.error });
  });
  for (const event of ['server_error', 'authorization.error', 'grant.error', 'userinfo.error', 'backchannel.error', 'end_session.error']) {
    provider.on(event, (ctx, error) => console.error(event, error, error.error_detail ?? ''));
  }
  return provider.callback();
}

let answer = provide('ES256');
createServer({ cert: readFileSync(settings.certificate), key: readFileSync(settings.key) }, (request, response) => {
  const url = new URL(request.url, `https://localhost:${settings.port}`);
  if (url.pathname !== '/keys/change') return answer(request, response);
  answer = provide(url.searchParams.get('alg'));
  return response.writeHead(204).end();
}).listen(settings.port, '127.0.0.1', () => console.log('ready'));
