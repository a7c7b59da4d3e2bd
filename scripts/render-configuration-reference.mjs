import { z } from 'zod';

/** A table of every key of a zod schema: path, type, default, meaning. */
export function renderConfigurationReference(schema) {
  const rows = [];
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '', rows, true);
  return [
    'One YAML file. Unknown keys are refused; every problem is reported at once: `npx postern check-config --config FILE`.',
    'Leaving a key out is the strictest choice. Paths are relative to the file. Secrets stand behind `{ file: … }` or `{ env: … }`.',
    '',
    '| key | type | default | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function walk(node, path, rows, required) {
  const variants = node.anyOf ?? node.oneOf;
  if (node.type === 'object' && node.properties) {
    if (node.description) rows.push(row(path, 'section', node, required));
    for (const [key, child] of Object.entries(node.properties)) {
      walk(child, path === '' ? key : `${path}.${key}`, rows, node.required?.includes(key) ?? false);
    }
  } else if (node.type === 'array') {
    rows.push(row(`${path}[]`, `list, ${node.minItems ?? 0} to ${node.maxItems ?? 'any'}`, node, required));
    walk(node.items, `${path}[]`, rows, true);
  } else if (variants) {
    const explained = variants.filter((variant) =>
      Object.values(variant.properties ?? {}).some((child) => child.description),
    );
    const names = variants.map((variant) => (explained.includes(variant) ? 'section' : describe(variant)));
    rows.push(row(path, names.join(' or '), node, required));
    for (const variant of explained) {
      for (const [key, child] of Object.entries(variant.properties)) {
        walk(child, `${path}.${key}`, rows, variant.required?.includes(key) ?? false);
      }
    }
  } else {
    rows.push(row(path, describe(node), node, required));
  }
}

function row(path, type, node, required) {
  const standard =
    node.default === undefined ? (required ? 'must be given' : '') : `\`${JSON.stringify(node.default)}\``;
  return `| \`${path}\` | ${type} | ${standard} | ${node.description ?? ''} |`.replaceAll('\n', ' ');
}

function describe(node) {
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.type === 'object')
    return `\`{ ${Object.entries(node.properties ?? {})
      .map(([key, child]) => `${key}: ${child.const ?? '…'}`)
      .join(', ')} }\``;
  if (node.type === 'integer') return `integer, ${node.minimum} to ${node.maximum}`;
  if (node.pattern) return `text, \`${node.pattern.replaceAll('|', '\\|')}\``;
  return node.format === 'uri' ? 'address' : node.type === 'string' ? 'text' : (node.type ?? 'any');
}
