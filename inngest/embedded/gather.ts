/**
 * Group commit: what is asked for while an earlier statement is on its way goes to the database together, as one statement and
 * one commit. Nobody waits for company: what is alone goes alone, at once.
 */
export class Gather<In, Out> {
  readonly #work: (inputs: readonly In[]) => Promise<ReadonlyArray<Out | undefined>>;
  readonly #lanes: number;
  readonly #most: number;
  #waiting: Array<Asked<In, Out>> = [];
  #going = 0;
  #called = false;

  /**
   * @param work answers every input, in the order of the inputs; undefined where it could not. It must hold up no input for
   *   another's sake: skip what is locked.
   * @param lanes how many statements may be on their way at once.
   * @param most inputs in one statement.
   */
  constructor(work: (inputs: readonly In[]) => Promise<ReadonlyArray<Out | undefined>>, { lanes = 2, most = 64 }: { lanes?: number; most?: number } = {}) {
    this.#work = work;
    this.#lanes = lanes;
    this.#most = most;
  }

  /** The answer to one input; undefined when the input must go its own way. @throws what `work` threw when the input went alone. */
  ask(input: In): Promise<Out | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      this.#callSoon();
    });
  }

  /** After everything that is ready in this turn of the event loop has had its say. */
  #callSoon(): void {
    if (this.#called || this.#going >= this.#lanes) return;
    this.#called = true;
    setImmediate(() => {
      this.#called = false;
      const group = this.#waiting.splice(0, this.#most);
      if (group.length > 0) void this.#send(group);
      if (this.#waiting.length > 0) this.#callSoon();
    });
  }

  async #send(group: ReadonlyArray<Asked<In, Out>>): Promise<void> {
    this.#going += 1;
    try {
      const answers = await this.#work(group.map((asked) => asked.input));
      for (const [index, asked] of group.entries()) asked.resolve(answers[index]);
    } catch (error) {
      // One input may have spoilt it for all: each then goes its own way, and only the guilty one meets its error.
      for (const asked of group) group.length > 1 ? asked.resolve(undefined) : asked.reject(error);
    } finally {
      this.#going -= 1;
      if (this.#waiting.length > 0) this.#callSoon();
    }
  }
}

interface Asked<In, Out> {
  readonly input: In;
  readonly resolve: (answer: Out | undefined) => void;
  readonly reject: (error: unknown) => void;
}
