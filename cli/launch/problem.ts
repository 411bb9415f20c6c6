/** Something the person at the keyboard can mend: printed as one sentence, exit code 1, no stack. */
export class LaunchProblem extends Error {
  override readonly name = "LaunchProblem";
}
