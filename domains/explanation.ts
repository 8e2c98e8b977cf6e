// A page of a topic of the course, as plain data: what it says, its tables and its plots. It knows neither the terminal nor HTML.
import type { Plot, PlotTable } from './domain.ts';

/** A table under a line that says what it shows. */
export interface ExplanationTable extends PlotTable {
  readonly title: string;
}

export interface ExplanationSection {
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  readonly tables?: readonly ExplanationTable[];
  readonly plots?: readonly Plot[];
}

export interface Explanation {
  readonly title: string;
  readonly sections: readonly ExplanationSection[];
}
