package org.angen.shell.view
class TrainingScreen : android.app.Activity()
