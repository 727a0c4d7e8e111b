import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The chart that decides in which folder a construct is written; its id names the layer. */
export function outermostChart(construct: IConstruct): Chart {
  return construct.node.scopes.find(Chart.isChart)!;
}
