# A documentation with two figures: python -m sphinx examples/embed/sphinx OUT
# https://example.org/rampscope/ stands for the folder where a build is hosted, here and in index.rst.

project = 'A quantized layer'
html_theme = 'alabaster'
html_js_files = [
    ('https://example.org/rampscope/element.js', {'type': 'module'}),
    # Gives frames their height.
    'https://example.org/rampscope/frames.js',
]
