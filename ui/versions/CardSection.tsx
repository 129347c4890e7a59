/** The model card as it is downloaded, to be read here. */
import { type ReactNode, useMemo } from 'react';
import { Scroll } from '../parts/Scroll.tsx';
import { Section } from '../parts/Section.tsx';
import { TableExport } from '../parts/TableExport.tsx';
import { detail as words } from '../words/versions.ts';
import { type Block, blocksOf, piecesOf } from './markdown.ts';
import { cardPath } from './queries.ts';

interface Props {
  model: string;
  version: string;
  card: string;
}

export function CardSection({ model, version, card }: Props) {
  const blocks = useMemo(() => blocksOf(card), [card]);
  return (
    <Section
      title={words.card}
      text={words.cardText}
      tools={
        <a className="button small" href={cardPath(model, version)} download>
          {words.download}
        </a>
      }
    >
      <div className="card model-card">
        {blocks.map((block, i) => (
          <BlockView key={`${i} ${block.kind}`} block={block} under={headingOf(blocks, i)} />
        ))}
      </div>
    </Section>
  );
}

/** The nearest heading above a block. */
function headingOf(blocks: readonly Block[], at: number): string {
  const above = blocks.slice(0, at).findLast(({ kind }) => kind === 'heading');
  return above?.kind === 'heading' ? above.text : words.card;
}

function BlockView({ block, under }: { block: Block; under: string }): ReactNode {
  switch (block.kind) {
    case 'heading':
      // The page has its title, and this part its own: the headings of a card are beneath them.
      return block.level <= 2 ? (
        <h3>
          <Line text={block.text} />
        </h3>
      ) : (
        <h4>
          <Line text={block.text} />
        </h4>
      );
    case 'paragraph':
      return (
        <p>
          <Line text={block.text} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, i) => (
            <li key={`${i} ${item}`}>
              <Line text={item} />
            </li>
          ))}
        </ul>
      );
    case 'code':
      return <pre>{block.text}</pre>;
    case 'table':
      return (
        <TableExport label={`${under}: ${block.head.join(', ')}`}>
          <Scroll label={`${under}: ${block.head.join(', ')}`}>
            <table className="data-table">
              <thead>
                <tr>
                  {block.head.map((cell, i) => (
                    <th key={`${i} ${cell}`} scope="col">
                      <Line text={cell} />
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {block.rows.map((row, i) => (
                  <tr key={`${i} ${row[0]}`}>
                    {row.map((cell, column) => (
                      <td key={`${column} ${cell}`}>
                        <Line text={cell} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </TableExport>
      );
  }
}

function Line({ text }: { text: string }) {
  return piecesOf(text).map(({ kind, text: part }, i) => {
    const key = `${i} ${part}`;
    if (kind === 'strong') return <b key={key}>{part}</b>;
    if (kind === 'code') return <code key={key}>{part}</code>;
    return part;
  });
}
