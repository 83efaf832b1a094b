/** An event of a stream of server-sent events. */
export interface StreamEvent {
  data: string;
  id: string;
}

/** Reads server-sent events. What has no data is an event too: it tells that the stream lives, and moves the id. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let id = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data: string[] = [];
        for (const line of block.split('\n')) {
          const [, name, content = ''] = /^(\w*): ?(.*)$/s.exec(line) ?? [];
          if (name === 'data') data.push(content);
          if (name === 'id') id = content;
        }
        yield { data: data.join('\n'), id };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
