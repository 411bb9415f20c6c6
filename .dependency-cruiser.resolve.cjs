// Where `@/…` leads, for dependency-cruiser alone (it reads resolve settings in webpack's form).
module.exports = { resolve: { alias: { "@": __dirname }, extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json"] } };
