import * as React from 'react';

const TOKEN =
  /(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<comment>#.*)|(?<keyword>\b(?:import|from|as|None|True|False)\b)|(?<number>\b\d+(?:\.\d+)?(?:e-?\d+)?\b)/g;

/** Python as `to_code` writes it, in the colours that JupyterLab gives to code. */
export const PythonText = React.memo(({ code }: { code: string }) => {
  const parts: React.ReactNode[] = [];
  let end = 0;
  for (const { 0: text, index, groups } of code.matchAll(TOKEN)) {
    const kind = Object.keys(groups!).find(name => groups![name] !== undefined);
    parts.push(
      code.slice(end, index),
      <span key={index} className={`jp-kerasviz-Python-${kind}`}>
        {text}
      </span>
    );
    end = index + text.length;
  }
  return (
    <>
      {parts}
      {code.slice(end)}
    </>
  );
});
PythonText.displayName = 'PythonText';
