// Stripe's own client library against the double. Prints one line per step, "ok - …" or "not ok - …", and exits 1 if any failed.
// Environment: DOUBLE_URL, STRIPE_KEY, WEBHOOK_SECRET. Writes "webhooks URL" first and waits for a line on standard input,
// so that whoever started it can point the double's events here.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import Stripe from 'stripe';

const base = new URL(process.env.DOUBLE_URL);
const connection = { host: base.hostname, port: Number(base.port), protocol: 'http', maxNetworkRetries: 0, telemetry: false };
const stripe = new Stripe(process.env.STRIPE_KEY, connection);

const received = [];
const hooks = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ body: Buffer.concat(chunks), signature: request.headers['stripe-signature'] });
    response.writeHead(200).end();
  });
}).listen(0, '127.0.0.1');
await once(hooks, 'listening');
console.log(`webhooks http://127.0.0.1:${hooks.address().port}/`);
await once(process.stdin, 'data');
process.stdin.destroy();

let failures = 0;
async function step(name, run) {
  try {
    await run();
    console.log(`ok - ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok - ${name}: ${error.message.replaceAll('\n', ' ')}`);
  }
}

const inHalfAnHour = () => Math.floor(Date.now() / 1000) + 31 * 60;
const order = (changes = {}) => ({
  mode: 'payment',
  line_items: [{ quantity: 2, price_data: { currency: 'gbp', unit_amount: 8200, product_data: { name: 'Safeguarding L3' } } }],
  success_url: 'http://127.0.0.1/thanks?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://127.0.0.1/back',
  client_reference_id: 'ABCD2345',
  customer_email: 'booker@example.org',
  expires_at: inHalfAnHour(),
  metadata: { booking: 'ABCD2345' },
  payment_intent_data: { metadata: { booking: 'ABCD2345' } },
  locale: 'en-GB',
  submit_type: 'book',
  ...changes,
});
const buy = (session, choice) =>
  fetch(session.url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' });
const refused = (call, expected) =>
  assert.rejects(call, (error) => {
    for (const [name, value] of Object.entries(expected)) assert.equal(error[name], value, `${name} of "${error.message}"`);
    return true;
  });
const create = (changes, options) => stripe.checkout.sessions.create(order(changes), options);

const first = order();
let session;
await step('create', async () => {
  session = await stripe.checkout.sessions.create(first, { idempotencyKey: 'booking-1-pay-1' });
  assert.equal(session.status, 'open');
  assert.equal(session.payment_status, 'unpaid');
  assert.equal(session.amount_total, 16400);
  assert.equal(session.expires_at, first.expires_at);
  assert.equal(session.payment_intent, null);
  assert.ok(session.lastResponse.requestId.startsWith('req_'));
  assert.equal(session.lastResponse.apiVersion, '2026-10-28.endive');
});
await step('replay with the same key', async () => {
  const again = await stripe.checkout.sessions.create(first, { idempotencyKey: 'booking-1-pay-1' });
  assert.equal(again.id, session.id);
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
});
await step('same key, other order', () =>
  refused(create({ client_reference_id: 'OTHER' }, { idempotencyKey: 'booking-1-pay-1' }),
    { type: 'StripeIdempotencyError', statusCode: 400 }));

const bad = { type: 'StripeInvalidRequestError', statusCode: 400 };
await step('unknown parameter', () => refused(create({ colour: 'red' }), { ...bad, code: 'parameter_unknown', param: 'colour' }));
await step('missing parameter', () => refused(create({ line_items: undefined }), { ...bad, code: 'parameter_missing', param: 'line_items' }));
await step('missing inner parameter', () =>
  refused(create({ line_items: [{ price_data: first.line_items[0].price_data }] }), { ...bad, code: 'parameter_missing', param: 'line_items[0][quantity]' }));
await step('wrong type', () =>
  refused(create({ expires_at: 'soon' }), { ...bad, code: 'parameter_invalid_integer', param: 'expires_at' }));
await step('value outside the list', () => refused(create({ mode: 'gift' }), { ...bad, param: 'mode' }));
await step('too long', () => refused(create({ client_reference_id: 'x'.repeat(201) }), { ...bad, param: 'client_reference_id' }));
await step('expires too soon', () => refused(create({ expires_at: inHalfAnHour() - 120 }), { ...bad, param: 'expires_at' }));
await step('expires too late', () => refused(create({ expires_at: inHalfAnHour() + 86400 }), { ...bad, param: 'expires_at' }));
await step('under 30 pence', () =>
  refused(create({ line_items: [{ quantity: 1, price_data: { currency: 'gbp', unit_amount: 29, product_data: { name: 'x' } } }] }),
    { ...bad, code: 'amount_too_small' }));
await step('bad request is not kept under its key', async () => {
  await refused(create({ mode: 'gift' }, { idempotencyKey: 'booking-2-pay-1' }), bad);
  assert.equal((await create({}, { idempotencyKey: 'booking-2-pay-1' })).status, 'open');
});
await step('no such session', () =>
  refused(stripe.checkout.sessions.retrieve('cs_test_nothing'), { type: 'StripeInvalidRequestError', statusCode: 404, code: 'resource_missing', param: 'session' }));
await step('wrong key', () =>
  refused(new Stripe('sk_test_wrong', connection).checkout.sessions.retrieve(session.id), { type: 'StripeAuthenticationError', statusCode: 401 }));

await step('line items', async () => {
  const items = await stripe.checkout.sessions.listLineItems(session.id);
  assert.deepEqual(items.data.map((item) => [item.description, item.quantity, item.amount_total]), [['Safeguarding L3', 2, 16400]]);
});
await step('declined, then paid', async () => {
  assert.match((await buy(session, 'declined')).headers.get('location'), /declined/);
  const still = await stripe.checkout.sessions.retrieve(session.id);
  assert.equal(still.status, 'open');
  assert.equal((await buy(session, 'card')).headers.get('location'), `http://127.0.0.1/thanks?session=${session.id}`);
});
await step('retrieve what was paid', async () => {
  session = await stripe.checkout.sessions.retrieve(session.id);
  assert.deepEqual([session.status, session.payment_status, session.url], ['complete', 'paid', null]);
  const intent = await stripe.paymentIntents.retrieve(session.payment_intent);
  assert.deepEqual([intent.status, intent.amount_received, intent.metadata.booking], ['succeeded', 16400, 'ABCD2345']);
});
await step('a paid session is not expired', () => refused(stripe.checkout.sessions.expire(session.id), bad));

await step('partial refund', async () => {
  const refund = await stripe.refunds.create({ payment_intent: session.payment_intent, amount: 8200, reason: 'requested_by_customer' }, { idempotencyKey: 'booking-1-refund-1' });
  assert.deepEqual([refund.status, refund.amount], ['succeeded', 8200]);
  assert.equal((await stripe.refunds.retrieve(refund.id)).amount, 8200);
  const again = await stripe.refunds.create({ payment_intent: session.payment_intent, amount: 8200, reason: 'requested_by_customer' }, { idempotencyKey: 'booking-1-refund-1' });
  assert.equal(again.id, refund.id);
});
await step('refund of more than is left', () =>
  refused(stripe.refunds.create({ payment_intent: session.payment_intent, amount: 8201 }), { ...bad, param: 'amount' }));
await step('refund of all that is left, and no more', async () => {
  assert.equal((await stripe.refunds.create({ payment_intent: session.payment_intent })).amount, 8200);
  await refused(stripe.refunds.create({ payment_intent: session.payment_intent }), { ...bad, code: 'charge_already_refunded' });
  assert.equal((await stripe.refunds.list({ payment_intent: session.payment_intent })).data.length, 2);
});

await step('expire', async () => {
  const open = await create();
  assert.equal((await stripe.checkout.sessions.expire(open.id)).status, 'expired');
  await refused(stripe.checkout.sessions.expire(open.id), bad);
});
await step('bank payment is complete but unpaid', async () => {
  const open = await create();
  await buy(open, 'bank');
  const left = await stripe.checkout.sessions.retrieve(open.id);
  assert.deepEqual([left.status, left.payment_status], ['complete', 'unpaid']);
  assert.equal((await stripe.paymentIntents.retrieve(left.payment_intent)).status, 'processing');
});

await step('events are listed newest first, by type and page', async () => {
  const all = await stripe.events.list({ limit: 3 });
  assert.equal(all.data.length, 3);
  assert.equal(all.has_more, true);
  const next = await stripe.events.list({ limit: 3, starting_after: all.data[2].id });
  assert.ok(!all.data.some((one) => next.data.some((other) => other.id === one.id)));
  const wanted = await stripe.events.list({ types: ['refund.created', 'checkout.session.expired'] });
  assert.deepEqual(wanted.data.map((one) => one.type), ['checkout.session.expired', 'refund.created', 'refund.created']);
  assert.equal((await stripe.events.retrieve(wanted.data[0].id)).type, 'checkout.session.expired');
  assert.equal((await stripe.events.list({ created: { gte: inHalfAnHour() } })).data.length, 0);
});
await step('sessions, refunds and disputes are listed by day, newest first and page by page', async () => {
  const created = { gte: Math.floor(Date.now() / 1000) - 3600, lte: Math.floor(Date.now() / 1000) + 60 };
  const first = await stripe.checkout.sessions.list({ created, limit: 2 });
  const second = await stripe.checkout.sessions.list({ created, limit: 2, starting_after: first.data[1].id });
  assert.deepEqual([first.data.length, first.has_more, second.data.some((one) => first.data.some((other) => other.id === one.id))], [2, true, false]);
  const refunds = await stripe.refunds.list({ created, limit: 1 });
  assert.deepEqual([refunds.data.length, refunds.has_more], [1, true]);
  assert.equal((await stripe.refunds.list({ created: { gte: inHalfAnHour() } })).data.length, 0);
  assert.equal((await stripe.disputes.list({ created })).data.length, 0);
});
await step('every event arrives with a signature that holds', async () => {
  const all = (await stripe.events.list({ limit: 100 })).data.map((one) => one.id);
  for (let waited = 0; received.length < all.length && waited < 100; waited++) await new Promise((done) => setTimeout(done, 50));
  const verified = received.map(({ body, signature }) => stripe.webhooks.constructEvent(body, signature, process.env.WEBHOOK_SECRET).id);
  assert.deepEqual(new Set(verified), new Set(all));
  assert.ok(all.length >= 9, `${all.length} events`);
  assert.throws(() => stripe.webhooks.constructEvent(received[0].body, received[0].signature, 'whsec_wrong'));
  assert.throws(() => stripe.webhooks.constructEvent(received[0].body + ' ', received[0].signature, process.env.WEBHOOK_SECRET));
});
await step('a header that Stripe makes is printed for the other side to verify', () => {
  const payload = '{"id":"evt_1","object":"event","note":"£82 – naïve"}';
  console.log(`header ${stripe.webhooks.generateTestHeaderString({ payload, secret: process.env.WEBHOOK_SECRET })}`);
});

hooks.close();
process.exit(failures === 0 ? 0 : 1);
