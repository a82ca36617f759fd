/** Keeps Excalidraw's scene and the session's in step, in both directions, without echoes. */
import { CaptureUpdateAction, restoreElements } from '@excalidraw/excalidraw';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import type { CanvasSession } from '../../hooks/useCanvasSession';
import { randomId } from '../../services/ids';
import { View, type EditorFocus } from '../../sync/view';
import type { SceneElement } from '../../types/protocol';
import { charactersByFont, fontsCame, loadFonts } from './textFonts';

type EditorElements = Parameters<ExcalidrawImperativeAPI['updateScene']>[0]['elements'];
type Capture = (typeof CaptureUpdateAction)[keyof typeof CaptureUpdateAction];

const asScene = (elements: readonly unknown[]) => elements as readonly SceneElement[];

const isStroke = (element: SceneElement) => element.type === 'freedraw';

function focusOf(state: AppState): EditorFocus {
  const { newElement, multiElement, resizingElement, editingTextElement } = state;
  const { pendingImageElementId } = state;
  const held = [newElement, multiElement, resizingElement, editingTextElement];
  return {
    busy: new Set(
      [...held.map((element) => element?.id), pendingImageElementId].flatMap((id) => id ?? []),
    ),
    unfinished: newElement?.type === 'freedraw' ? newElement.id : null,
  };
}

const restored = (elements: readonly SceneElement[], refreshDimensions = false) =>
  asScene(
    restoreElements(elements as unknown as Parameters<typeof restoreElements>[0], null, {
      refreshDimensions,
    }),
  );

/**
 * Fields that the editor wants and an element may lack are filled in; broken ones are left out. The
 * editor takes the end of a stroke for unfinished whenever it is read, and would draw it shorter.
 */
function repaired(scene: readonly SceneElement[], before: readonly SceneElement[]): SceneElement[] {
  const present = new Set(before);
  const fresh = scene.filter((element) => !present.has(element));
  const ends = new Map(fresh.map(({ id, lastCommittedPoint }) => [id, lastCommittedPoint]));
  const byId = new Map(
    restored(fresh).map((element) => {
      const lastCommittedPoint = ends.get(element.id) ?? null;
      return [element.id, isStroke(element) ? { ...element, lastCommittedPoint } : element];
    }),
  );
  return scene.flatMap((element) =>
    present.has(element) ? [element] : (byId.get(element.id) ?? []),
  );
}

export class EditorBinding {
  private readonly view = new View();
  private stage: 'empty' | 'waiting' | 'started' | 'stopped' = 'empty';

  /**
   * `onStart` is called once, when the editor shows what the session has; `onWordsLost` when
   * somebody deleted the text that was being written here, with how to have the words back.
   */
  constructor(
    private readonly api: ExcalidrawImperativeAPI,
    private readonly session: CanvasSession,
    private readonly onStart: () => void,
    private readonly onWordsLost: (giveBack: () => void) => void = () => undefined,
  ) {}

  get isStarted(): boolean {
    return this.stage === 'started';
  }

  /**
   * The editor reported a change of any kind. Its first report says that it has finished loading:
   * writing earlier would be overwritten. What is drawn before the scene comes is kept at once, as
   * the person may leave before.
   */
  changed(): void {
    if (this.stage === 'empty') void this.start();
    if (this.stage === 'stopped') return;
    this.collect();
    if (this.view.hasDeferred) this.write(new Set());
  }

  stop(): void {
    this.stage = 'stopped';
  }

  private async start(): Promise<void> {
    this.stage = 'waiting';
    await fontsCame(this.session.scene());
    if (this.stage !== 'waiting') return;
    this.stage = 'started';
    this.write(this.session.elementIds());
    this.onStart();
  }

  /** Elements changed elsewhere. `ownJob` makes them one step of this person's undo. */
  write(ids: ReadonlySet<string>, ownJob = false): void {
    if (!this.isStarted) return;
    this.collect();
    const before = this.elements();
    const focus = focusOf(this.api.getAppState());
    const scene = this.view.compose(before, ids, this.session.element, focus);
    this.offerWords();
    if (!scene) return;
    const captureUpdate: Capture = ownJob
      ? CaptureUpdateAction.IMMEDIATELY
      : CaptureUpdateAction.NEVER;
    const elements = repaired(scene, before) as unknown as NonNullable<EditorElements>;
    this.api.updateScene({ elements, captureUpdate });
    void loadFonts(charactersByFont([...ids].flatMap((id) => this.session.element(id) ?? [])));
    this.session.edit(this.view.accept(this.elements(), this.session.element, focus));
  }

  private offerWords(): void {
    for (const { type, ...text } of this.view.takeLost()) {
      if (type === 'text' && String(text.text).trim()) this.onWordsLost(() => this.keep(text));
    }
  }

  /** Words as a text of their own: what they were written in may be gone. */
  private keep({ originalText, ...text }: Omit<SceneElement, 'type'>): void {
    const own = {
      ...text,
      id: randomId(),
      type: 'text',
      text: originalText,
      originalText,
      containerId: null,
      frameId: null,
      groupIds: [],
      autoResize: true,
      index: null,
    };
    const elements = [...this.elements(), ...restored([own as unknown as SceneElement], true)];
    this.api.updateScene({
      elements: elements as unknown as NonNullable<EditorElements>,
      captureUpdate: CaptureUpdateAction.IMMEDIATELY,
    });
  }

  private collect(): void {
    const changes = this.view.collect(this.elements(), focusOf(this.api.getAppState()));
    this.session.edit(changes);
    const written = changes.filter(({ set }) => 'text' in set);
    if (written.length > 0) void loadFonts(charactersByFont(written.map(({ set }) => set)));
  }

  private elements(): readonly SceneElement[] {
    return asScene(this.api.getSceneElementsIncludingDeleted());
  }
}
