import { Duration, Size } from 'cdk8s';
import { confMistakes } from './conf-mistakes';
import { ConfBlock, ConfValue, includesOf, isBlock, optionsOf } from './conf-value';
import { NatsInclude } from './nats-include';
import { NatsVariable } from './nats-variable';
import { bytesOf } from '../../core/bytes';
import { goDuration, millisecondsOf } from '../../core/go-duration';
import { describeMistake } from '../../core/mistake';

/**
 * The text of nats.conf: in each block first the included files, then the options, then the blocks, each by key. Of two values for
 * one option the server takes the later one, so what a block says itself wins over what it includes.
 *
 * What nats.conf cannot hold throws; `confMistakes` tells it beforehand.
 */
export function renderConf(block: ConfBlock): string {
  const [mistake] = confMistakes(block);
  if (mistake) throw new Error(`nats.conf: ${describeMistake(mistake)}`);
  const { includes, options, blocks } = partsOf(block, '');
  const flat = [...includes, ...options].join('\n');
  return `${[flat, ...blocks].filter(Boolean).join('\n\n')}\n`;
}

interface Parts {
  readonly includes: string[];
  readonly options: string[];
  readonly blocks: string[];
}

function partsOf(block: ConfBlock, indent: string): Parts {
  const parts: Parts = { includes: [], options: [], blocks: [] };
  for (const [key, value] of optionsOf(block).sort(([a], [b]) => a < b ? -1 : 1)) {
    const files = includesOf(value);
    if (files) parts.includes.push(...files.map((file) => `${indent}${renderInclude(file)}`));
    else if (isBlock(value)) parts.blocks.push(`${indent}${renderKey(key)} ${renderBlock(value, indent)}`);
    else parts.options.push(`${indent}${renderKey(key)}: ${renderValue(value, indent)}`);
  }
  return parts;
}

function renderBlock(block: ConfBlock, indent: string): string {
  const { includes, options, blocks } = partsOf(block, `${indent}  `);
  return enclosed('{', [...includes, ...options, ...blocks], '}', indent);
}

function renderList(list: ConfValue[], indent: string): string {
  const inner = `${indent}  `;
  return enclosed('[', list.map((element) => `${inner}${renderValue(element, inner)}`), ']', indent);
}

/** Closes on a line of its own: the server reads a bracket right after a number as part of the number. */
function enclosed(open: string, lines: string[], close: string, indent: string): string {
  return lines.length === 0 ? open + close : [open, ...lines, `${indent}${close}`].join('\n');
}

function renderValue(value: ConfValue, indent: string): string {
  if (Array.isArray(value)) return renderList(value, indent);
  if (isBlock(value)) return renderBlock(value, indent);
  if (value instanceof NatsVariable) return `$${value.name}`;
  if (value instanceof Size) return `${bytesOf(value)}`;
  if (value instanceof Duration) return `"${goDuration(millisecondsOf(value)!)}"`;
  return typeof value === 'string' ? quoted(value) : `${value}`;
}

function renderInclude({ relativePath }: NatsInclude): string {
  return `include "${relativePath}"`;
}

/** Quotes all keys but plain names; `include` is a word of the language. */
function renderKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && key.toLowerCase() !== 'include' ? key : `"${key}"`;
}

const escapes: { [character: string]: string } = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text in double quotes, the one form that the server reads back unchanged whatever is in it. Inside it, `$` is no variable. */
function quoted(text: string): string {
  // JSON's escapes \u, \b and \f stop the server; these five and \x it knows.
  const escaped = text.replace(/[\\"\x00-\x1f\x7f]/g, (character) => escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `"${escaped}"`;
}
