// An OpenID provider in the Swedish profile, made of the npm package `oidc-provider`. It shares no line with ours or with the simulator.
//
//   node provider.mjs '{"port": 7000, "certificate": …, "key": …, "client": {…}}'
//
// A person is who its interaction says: GET /interaction/<uid>/login?number=…&name=…&acr=…, or /interaction/<uid>/deny?error=…
import { createServer } from 'node:https';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const settings = JSON.parse(process.argv[2]);
const NUMBER = 'https://id.oidc.se/claim/personalIdentityNumber';
const NUMBER_SCOPE = 'https://id.oidc.se/scope/naturalPersonNumber';
const INFO_SCOPE = 'https://id.oidc.se/scope/naturalPersonInfo';
const LEVELS = ['loa2', 'loa3', 'loa4'].map((level) => `http://id.elegnamnden.se/loa/1.0/${level}`);
const persons = new Map();

function key(kid, type, options, alg) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
}

// The relying party names its key by its thumbprint (RFC 7638).
function publicKey(file) {
  const { crv, kty, x, y } = createPublicKey(readFileSync(file)).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { crv, kty, x, y, kid, alg: 'ES256', use: 'sig' };
}

const client = {
  client_id: settings.client.id,
  redirect_uris: [settings.client.redirect],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  request_object_signing_alg: 'ES256',
  id_token_signed_response_alg: settings.client.alg,
  userinfo_signed_response_alg: settings.client.alg,
  require_auth_time: true,
  backchannel_logout_uri: settings.client.logout,
  backchannel_logout_session_required: true,
  jwks: { keys: [publicKey(settings.client.key)] },
};

const provider = new Provider(`https://localhost:${settings.port}`, {
  clients: [client],
  jwks: { keys: [key('e1', 'ec', { namedCurve: 'P-256' }, 'ES256'), key('r1', 'rsa', { modulusLength: 2048 }, 'RS256')] },
  pkce: { required: () => true },
  acrValues: LEVELS,
  scopes: ['openid', NUMBER_SCOPE, INFO_SCOPE],
  claims: { openid: ['sub'], [NUMBER_SCOPE]: [NUMBER], [INFO_SCOPE]: ['name', 'given_name', 'family_name'], acr: null, auth_time: null, sid: null },
  conformIdTokenClaims: false,
  ttl: { IdToken: 300, AccessToken: 300, AuthorizationCode: 60, Interaction: 600, Session: 3600, Grant: 3600 },
  cookies: { keys: ['only-for-tests'] },
  features: {
    claimsParameter: { enabled: true },
    requestObjects: { enabled: true },
    jwtUserinfo: { enabled: true },
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
});

provider.use(async (ctx, next) => {
  const [, place, , action] = ctx.path.split('/');
  if (place !== 'interaction') return next();
  if (!action) {
    ctx.body = 'Who are you?';
    return undefined;
  }
  const { number, name, acr, error } = ctx.query;
  const account = `subject-${number}`;
  persons.set(account, { [NUMBER]: number, name });
  const result = action === 'login'
    ? { login: { accountId: account, acr, amr: ['pop'], ts: Math.floor(Date.now() / 1000), remember: false } }
    : { error, error_description: 'as the test wants it' };
  ctx.respond = false;
  return provider.interactionFinished(ctx.req, ctx.res, result);
});
for (const event of ['server_error', 'authorization.error', 'grant.error', 'userinfo.error']) {
  provider.on(event, (ctx, error) => console.error(event, error, error.error_detail ?? ''));
}

createServer({ cert: readFileSync(settings.certificate), key: readFileSync(settings.key) }, provider.callback())
  .listen(settings.port, '127.0.0.1', () => console.log('ready'));
