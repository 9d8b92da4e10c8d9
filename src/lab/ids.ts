/** Names that more than one plugin uses. */

/** Opens documents in which the model is text. */
export const DOCUMENT_FACTORY = 'Keras Model';

/** Opens model files with weights, and configs of any age, as the server reads them. */
export const IMPORT_FACTORY = 'Keras Model Import';

/** The content provider of `DOCUMENT_FACTORY`. */
export const DOCUMENT_PROVIDER = 'kerasviz';

/** The content provider of `IMPORT_FACTORY`. */
export const IMPORT_PROVIDER = 'kerasviz-import';

/** Id of the palette in the shell. */
export const PALETTE_ID = 'kerasviz-palette';

/** Id of the forms in a shell that has no panel for them. */
export const INSPECTOR_ID = 'kerasviz-inspector';

/** Where the settings are: `schema/plugin.json`. */
export const SETTINGS = 'kerasviz:plugin';

/** The commands of kerasviz. */
export namespace CommandIDs {
  export const createNew = 'kerasviz:new';
  export const undo = 'kerasviz:undo';
  export const redo = 'kerasviz:redo';
  export const selectAll = 'kerasviz:select-all';
  export const remove = 'kerasviz:delete';
  export const duplicate = 'kerasviz:duplicate';
  export const callAgain = 'kerasviz:use-again';
  export const unlink = 'kerasviz:unlink';
  export const openNested = 'kerasviz:open-nested';
  export const toggleOutput = 'kerasviz:toggle-output';
  export const outputEarlier = 'kerasviz:output-earlier';
  export const outputLater = 'kerasviz:output-later';
  export const connect = 'kerasviz:connect';
  export const tidy = 'kerasviz:tidy';
  export const fitView = 'kerasviz:fit-view';
  export const zoomIn = 'kerasviz:zoom-in';
  export const zoomOut = 'kerasviz:zoom-out';
  export const train = 'kerasviz:train';
  export const trainFresh = 'kerasviz:train-fresh';
  export const stop = 'kerasviz:stop';
  export const pause = 'kerasviz:pause';
  export const resume = 'kerasviz:resume';
  export const oneBatch = 'kerasviz:train-one-batch';
  export const oneEpoch = 'kerasviz:train-one-epoch';
  export const lookInside = 'kerasviz:look-inside';
  export const why = 'kerasviz:why';
  export const lookOverPlane = 'kerasviz:look-over-plane';
  export const showStatistics = 'kerasviz:show-statistics';
  export const showEmbedding = 'kerasviz:show-embedding';
  export const keepPicture = 'kerasviz:keep-picture';
  export const showOutput = 'kerasviz:show-output';
  export const earlierEpoch = 'kerasviz:show-earlier-epoch';
  export const laterEpoch = 'kerasviz:show-later-epoch';
  export const playEpochs = 'kerasviz:play-epochs';
  export const showHints = 'kerasviz:show-hints';
  export const evaluate = 'kerasviz:evaluate';
  export const stopEvaluation = 'kerasviz:stop-evaluation';
  export const savePredictions = 'kerasviz:save-predictions';
  export const lookAtData = 'kerasviz:look-at-data';
  export const firstModel = 'kerasviz:draw-first-model';
  export const prepareInModel = 'kerasviz:prepare-in-model';
  export const findLearningRate = 'kerasviz:find-learning-rate';
  export const stopRateTest = 'kerasviz:stop-rate-test';
  export const startSweep = 'kerasviz:start-sweep';
  export const goOnSweep = 'kerasviz:go-on-with-sweep';
  export const endSweep = 'kerasviz:end-sweep';
  export const showRuns = 'kerasviz:show-runs';
  export const compareRuns = 'kerasviz:compare-runs';
  export const openRun = 'kerasviz:open-run';
  export const openRunCode = 'kerasviz:open-run-code';
  export const renameRun = 'kerasviz:rename-run';
  export const addRuns = 'kerasviz:add-runs';
  export const stopRun = 'kerasviz:stop-run';
  export const noteRun = 'kerasviz:note-run';
  export const hideRun = 'kerasviz:hide-run';
  export const deleteRun = 'kerasviz:delete-run';
  export const undoRunChange = 'kerasviz:undo-run-change';
  export const exportRunsCSV = 'kerasviz:export-runs-csv';
  export const exportRunsPNG = 'kerasviz:export-runs-png';
  export const exportRunsHTML = 'kerasviz:export-runs-html';
  export const toggleNotifications = 'kerasviz:toggle-notifications';
  export const saveModel = 'kerasviz:save-model';
  export const loadWeights = 'kerasviz:load-weights';
  export const openKernelModel = 'kerasviz:open-kernel-model';
  export const exportSVG = 'kerasviz:export-svg';
  export const exportPNG = 'kerasviz:export-png';
  export const exportDiagram = 'kerasviz:export-diagram';
  export const insertCode = 'kerasviz:insert-code';
  export const openCode = 'kerasviz:open-code';
  export const interruptKernel = 'kerasviz:interrupt-kernel';
  export const restartKernel = 'kerasviz:restart-kernel';
  export const noCells = 'kerasviz:no-cells';
  export const reconnectKernel = 'kerasviz:reconnect-kernel';
  export const changeKernel = 'kerasviz:change-kernel';
  export const shutdownKernel = 'kerasviz:shutdown-kernel';
}
