/** The trainers that configuration, documentation and benchmarks know by name: one entry makes another available. */
import { linearParameters, trainLinear } from '../batch/trainLinear.ts';
import { batchMachineParameters, trainMachine } from '../batch/trainMachine.ts';
import { networkParameters, trainNetwork } from '../batch/trainNetwork.ts';
import { trainTrees } from '../trees/trainTrees.ts';
import { treesParameters } from '../trees/treesParameters.ts';
import type { Searched, Trainer } from './trainer.ts';

const even = (low: number, high: number): Searched => ({
  range: [low, high],
  isLogarithmic: false,
});
const logarithmic = (low: number, high: number): Searched => ({
  range: [low, high],
  isLogarithmic: true,
});

const all: readonly Trainer[] = [
  {
    name: 'linear',
    summary: 'Logistic or linear regression with L2, to the optimum.',
    source: 'le Cessie & van Houwelingen 1992',
    parameters: linearParameters,
    searched: { ridge: logarithmic(1e-2, 1e4) },
    train: trainLinear,
  },
  {
    name: 'trees',
    summary: 'Gradient-boosted trees over histograms; missing values, codes, monotone features.',
    source: 'Friedman 2001; Ke et al. 2017',
    parameters: treesParameters,
    searched: {
      learningRate: logarithmic(0.02, 0.3),
      leaves: logarithmic(7, 127),
      childRows: logarithmic(5, 200),
      ridge: logarithmic(0.1, 100),
      featureShare: even(0.4, 1),
      rowShare: even(0.5, 1),
    },
    train: trainTrees,
  },
  {
    name: 'network',
    summary: 'A small neural network of one or two hidden layers.',
    source: 'Rumelhart et al. 1986; Kingma & Ba 2015',
    parameters: networkParameters,
    searched: {
      hidden: logarithmic(8, 128),
      rate: logarithmic(3e-4, 3e-2),
      decay: logarithmic(1e-4, 1),
    },
    train: trainNetwork,
  },
  {
    name: 'machine',
    summary: 'A factorization machine: weights, and factors for each pair of columns.',
    source: 'Rendle 2010',
    parameters: batchMachineParameters,
    searched: {
      factors: logarithmic(2, 32),
      rate: logarithmic(3e-4, 3e-2),
      decay: logarithmic(1e-4, 1),
    },
    train: trainMachine,
  },
];

export const trainers: ReadonlyMap<string, Trainer> = new Map(all.map((each) => [each.name, each]));
