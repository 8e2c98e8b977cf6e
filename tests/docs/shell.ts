// The commands of a block of shell: where each begins and ends, and its words. Knows quotes, comments and continued lines, and
// nothing else; what runs a command is bash.

/** A command as it stands in its block, without a comment behind it. */
export interface Command {
  readonly text: string;
  /** Its words without their quotes; what follows a pipe or `>` is not among them. */
  readonly words: readonly string[];
}

/** @throws Error for a quote that never ends */
export function commandsOf(block: string): Command[] {
  const commands: Command[] = [];
  let [text, word] = ['', ''];
  let words: string[] = [];
  let [inWord, piped] = [false, false];
  const endWord = (): void => {
    if (inWord && !piped) words.push(word);
    word = '';
    inWord = false;
  };
  const endCommand = (): void => {
    endWord();
    if (text.trim() !== '') commands.push({ text: text.trim(), words });
    text = '';
    words = [];
    piped = false;
  };
  for (let i = 0; i < block.length; i++) {
    const letter = block[i];
    if (letter === '\\' && block[i + 1] === '\n') {
      endWord();
      text += ' ';
      i++;
    } else if (letter === "'" || letter === '"') {
      const end = block.indexOf(letter, i + 1);
      if (end < 0) throw new Error(`a quote never ends: ${block.slice(i, i + 40)}`);
      word += block.slice(i + 1, end);
      text += block.slice(i, end + 1);
      inWord = true;
      i = end;
    } else if (letter === '#' && !inWord) {
      i = block.indexOf('\n', i) - 1;
      if (i < 0) break;
    } else if (letter === '\n') endCommand();
    else {
      text += letter;
      if (/\s/.test(letter)) endWord();
      else if ((letter === '|' || letter === '>' || letter === '&' || letter === ';') && !inWord)
        piped = true;
      else {
        word += letter;
        inWord = true;
      }
    }
  }
  endCommand();
  return commands;
}
