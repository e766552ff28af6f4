/** Thrown where an exporter asks for the parameters of an epoch before the run was continued. */
export class ParametersUnavailableError extends Error {
  constructor() {
    super("the parameters of an epoch before the run was continued are gone");
  }
}
