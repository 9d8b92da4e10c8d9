/** Prints the strings of the TypeScript code that can be translated, as JSON; `strings.py` calls it. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** The methods of a translation with what their first arguments are. */
const METHODS = new Map([
  ['__', ['text']],
  ['_n', ['text', 'plural']],
  ['_p', ['context', 'text']],
  ['_np', ['context', 'text', 'plural']]
]);

/** Where a text is passed on. */
const TRANSLATORS = ['src/core/translation.ts', 'src/notebook/strings.ts'];

const found = [];

for (const name of readdirSync('src', { recursive: true }).sort()) {
  const file = `src/${name}`;
  const isSource = /\.tsx?$/.test(name) && !name.includes('__tests__');
  if (isSource && !TRANSLATORS.includes(file)) {
    const source = readFileSync(file, 'utf8');
    visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  }
}
console.log(JSON.stringify(found));

function visit(node) {
  const isMethod =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
  const parameters = isMethod && METHODS.get(node.expression.name.text);
  if (parameters) {
    found.push(stringOf(node, parameters));
  }
  ts.forEachChild(node, visit);
}

function stringOf(call, parameters) {
  const file = call.getSourceFile().fileName;
  const values = parameters.map((parameter, index) => {
    const argument = call.arguments[index];
    if (!argument || !ts.isStringLiteralLike(argument)) {
      throw new Error(`${file}: expected a literal text in ${call.getText()}`);
    }
    return [parameter, argument.text];
  });
  return { file, ...Object.fromEntries(values) };
}
