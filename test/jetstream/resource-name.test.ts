import { isName, DNS_SUBDOMAIN } from '../../src/core/names';
import { resourceName } from '../../src/jetstream/resource-name';

test('a name that Kubernetes takes stays as it is', () => {
  expect(resourceName('orders')).toBe('orders');
  expect(resourceName('orders', 'billing-2')).toBe('orders.billing-2');
});

test.each([
  [['ORDERS'], /^orders-[0-9a-f]{8}$/],
  [['Orders'], /^orders-[0-9a-f]{8}$/],
  [['orders_eu'], /^orders-eu-[0-9a-f]{8}$/],
  [['orders', 'Worker'], /^orders\.worker-[0-9a-f]{8}$/],
  [['-orders-'], /^orders-[0-9a-f]{8}$/],
  [['Aufträge'], /^auftr-ge-[0-9a-f]{8}$/],
  [['$'], /^[0-9a-f]{8}$/],
  [['_', 'x'], /^x-[0-9a-f]{8}$/],
  [['a'.repeat(254)], /^a{244}-[0-9a-f]{8}$/],
])('%j gets a readable name and a hash', (names, form) => {
  const name = resourceName(...names);
  expect(name).toMatch(form);
  expect(isName(name, DNS_SUBDOMAIN)).toBe(true);
});

test('names that differ stay different', () => {
  const names = [['ORDERS'], ['Orders'], ['orders'], ['orders_eu'], ['orders-eu'], ['a', 'B'], ['A', 'b'], ['a', 'b'], ['A', 'B']].map((parts) => resourceName(...parts));
  expect(new Set(names).size).toBe(names.length);
});
