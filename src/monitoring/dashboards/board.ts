import { PanelShape, Variable } from './grafana';

/** What a dashboard shows, and by what it is chosen besides data source and cluster. */
export interface Board {
  readonly title: string;
  readonly variables: Variable[];
  readonly panels: PanelShape[];
}
