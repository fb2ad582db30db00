// The app for a real device: docs/howto/build-for-android.md says it step by step. Not run by CI.
plugins {
    id("com.android.application") version "8.13.0"
    id("org.jetbrains.kotlin.android") version "2.4.20"
}

android {
    namespace = "org.angen.shell"
    compileSdk = 34

    defaultConfig {
        applicationId = "org.angen.shell"
        minSdk = 31
        targetSdk = 34
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "x86_64") }
    }

    sourceSets["main"].apply {
        kotlin.srcDir("generated")
        // Written by cargo-ndk: one library for each kind of processor.
        jniLibs.srcDir("build/rust")
        assets.srcDir(layout.buildDirectory.dir("checklists"))
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    buildTypes {
        release {
            // JNA finds its classes by name; shrinking them away breaks the first call.
            isMinifyEnabled = false
        }
    }
}

kotlin { jvmToolchain(17) }

dependencies {
    // The flavour for Android carries its native half as .so files.
    implementation("net.java.dev.jna:jna:5.17.0@aar")
    // Draws and reads QR codes; plain Java, from Maven Central.
    implementation("com.google.zxing:core:3.5.3")
}

/** The workbooks of the checklists go into the app; what they are made from stays here. */
val checklists by tasks.registering(Copy::class) {
    from("../checklists") { include("*.xlsx") }
    into(layout.buildDirectory.dir("checklists"))
}

tasks.named("preBuild") { dependsOn(checklists) }
