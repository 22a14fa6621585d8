// The data of libraries and of CPUs, as their files have them: made by the build.

declare const machines: { libraries: object; cpus: object };
export default machines;
