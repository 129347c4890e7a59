import { writeFileSync } from "node:fs";
// \0rolldown/runtime.js
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
// ../../main/node_modules/rxjs/dist/esm/internal/util/isFunction.js
function isFunction(value) {
	return typeof value === "function";
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/createErrorClass.js
function createErrorClass(createImpl) {
	const _super = (instance) => {
		Error.call(instance);
		instance.stack = (/* @__PURE__ */ new Error()).stack;
	};
	const ctorFunc = createImpl(_super);
	ctorFunc.prototype = Object.create(Error.prototype);
	ctorFunc.prototype.constructor = ctorFunc;
	return ctorFunc;
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/UnsubscriptionError.js
const UnsubscriptionError = createErrorClass((_super) => function UnsubscriptionErrorImpl(errors) {
	_super(this);
	this.message = errors ? `${errors.length} errors occurred during unsubscription:
${errors.map((err, i) => `${i + 1}) ${err.toString()}`).join("\n  ")}` : "";
	this.name = "UnsubscriptionError";
	this.errors = errors;
});
// ../../main/node_modules/rxjs/dist/esm/internal/util/arrRemove.js
function arrRemove(arr, item) {
	if (arr) {
		const index = arr.indexOf(item);
		0 <= index && arr.splice(index, 1);
	}
}
// ../../main/node_modules/rxjs/dist/esm/internal/Subscription.js
var Subscription = class Subscription {
	constructor(initialTeardown) {
		this.initialTeardown = initialTeardown;
		this.closed = false;
		this._parentage = null;
		this._finalizers = null;
	}
	unsubscribe() {
		let errors;
		if (!this.closed) {
			this.closed = true;
			const { _parentage } = this;
			if (_parentage) {
				this._parentage = null;
				if (Array.isArray(_parentage)) for (const parent of _parentage) parent.remove(this);
				else _parentage.remove(this);
			}
			const { initialTeardown: initialFinalizer } = this;
			if (isFunction(initialFinalizer)) try {
				initialFinalizer();
			} catch (e) {
				errors = e instanceof UnsubscriptionError ? e.errors : [e];
			}
			const { _finalizers } = this;
			if (_finalizers) {
				this._finalizers = null;
				for (const finalizer of _finalizers) try {
					execFinalizer(finalizer);
				} catch (err) {
					errors = errors !== null && errors !== void 0 ? errors : [];
					if (err instanceof UnsubscriptionError) errors = [...errors, ...err.errors];
					else errors.push(err);
				}
			}
			if (errors) throw new UnsubscriptionError(errors);
		}
	}
	add(teardown) {
		var _a;
		if (teardown && teardown !== this) {
			if (this.closed) execFinalizer(teardown);
			else {
				if (teardown instanceof Subscription) {
					if (teardown.closed || teardown._hasParent(this)) return;
					teardown._addParent(this);
				}
				(this._finalizers = (_a = this._finalizers) !== null && _a !== void 0 ? _a : []).push(teardown);
			}
		}
	}
	_hasParent(parent) {
		const { _parentage } = this;
		return _parentage === parent || Array.isArray(_parentage) && _parentage.includes(parent);
	}
	_addParent(parent) {
		const { _parentage } = this;
		this._parentage = Array.isArray(_parentage) ? (_parentage.push(parent), _parentage) : _parentage ? [_parentage, parent] : parent;
	}
	_removeParent(parent) {
		const { _parentage } = this;
		if (_parentage === parent) this._parentage = null;
		else if (Array.isArray(_parentage)) arrRemove(_parentage, parent);
	}
	remove(teardown) {
		const { _finalizers } = this;
		_finalizers && arrRemove(_finalizers, teardown);
		if (teardown instanceof Subscription) teardown._removeParent(this);
	}
};
Subscription.EMPTY = (() => {
	const empty = new Subscription();
	empty.closed = true;
	return empty;
})();
const EMPTY_SUBSCRIPTION = Subscription.EMPTY;
function isSubscription(value) {
	return value instanceof Subscription || value && "closed" in value && isFunction(value.remove) && isFunction(value.add) && isFunction(value.unsubscribe);
}
function execFinalizer(finalizer) {
	if (isFunction(finalizer)) finalizer();
	else finalizer.unsubscribe();
}
// ../../main/node_modules/rxjs/dist/esm/internal/config.js
const config$1 = {
	onUnhandledError: null,
	onStoppedNotification: null,
	Promise: void 0,
	useDeprecatedSynchronousErrorHandling: false,
	useDeprecatedNextContext: false
};
// ../../main/node_modules/rxjs/dist/esm/internal/scheduler/timeoutProvider.js
const timeoutProvider = {
	setTimeout(handler, timeout, ...args) {
		const { delegate } = timeoutProvider;
		if (delegate === null || delegate === void 0 ? void 0 : delegate.setTimeout) return delegate.setTimeout(handler, timeout, ...args);
		return setTimeout(handler, timeout, ...args);
	},
	clearTimeout(handle) {
		const { delegate } = timeoutProvider;
		return ((delegate === null || delegate === void 0 ? void 0 : delegate.clearTimeout) || clearTimeout)(handle);
	},
	delegate: void 0
};
// ../../main/node_modules/rxjs/dist/esm/internal/util/reportUnhandledError.js
function reportUnhandledError(err) {
	timeoutProvider.setTimeout(() => {
		const { onUnhandledError } = config$1;
		if (onUnhandledError) onUnhandledError(err);
		else throw err;
	});
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/noop.js
function noop() {}
// ../../main/node_modules/rxjs/dist/esm/internal/NotificationFactories.js
const COMPLETE_NOTIFICATION = (() => createNotification("C", void 0, void 0))();
function errorNotification(error) {
	return createNotification("E", void 0, error);
}
function nextNotification(value) {
	return createNotification("N", value, void 0);
}
function createNotification(kind, value, error) {
	return {
		kind,
		value,
		error
	};
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/errorContext.js
let context$1 = null;
function errorContext(cb) {
	if (config$1.useDeprecatedSynchronousErrorHandling) {
		const isRoot = !context$1;
		if (isRoot) context$1 = {
			errorThrown: false,
			error: null
		};
		cb();
		if (isRoot) {
			const { errorThrown, error } = context$1;
			context$1 = null;
			if (errorThrown) throw error;
		}
	} else cb();
}
function captureError(err) {
	if (config$1.useDeprecatedSynchronousErrorHandling && context$1) {
		context$1.errorThrown = true;
		context$1.error = err;
	}
}
// ../../main/node_modules/rxjs/dist/esm/internal/Subscriber.js
var Subscriber = class extends Subscription {
	constructor(destination) {
		super();
		this.isStopped = false;
		if (destination) {
			this.destination = destination;
			if (isSubscription(destination)) destination.add(this);
		} else this.destination = EMPTY_OBSERVER;
	}
	static create(next, error, complete) {
		return new SafeSubscriber(next, error, complete);
	}
	next(value) {
		if (this.isStopped) handleStoppedNotification(nextNotification(value), this);
		else this._next(value);
	}
	error(err) {
		if (this.isStopped) handleStoppedNotification(errorNotification(err), this);
		else {
			this.isStopped = true;
			this._error(err);
		}
	}
	complete() {
		if (this.isStopped) handleStoppedNotification(COMPLETE_NOTIFICATION, this);
		else {
			this.isStopped = true;
			this._complete();
		}
	}
	unsubscribe() {
		if (!this.closed) {
			this.isStopped = true;
			super.unsubscribe();
			this.destination = null;
		}
	}
	_next(value) {
		this.destination.next(value);
	}
	_error(err) {
		try {
			this.destination.error(err);
		} finally {
			this.unsubscribe();
		}
	}
	_complete() {
		try {
			this.destination.complete();
		} finally {
			this.unsubscribe();
		}
	}
};
const _bind = Function.prototype.bind;
function bind(fn, thisArg) {
	return _bind.call(fn, thisArg);
}
var ConsumerObserver = class {
	constructor(partialObserver) {
		this.partialObserver = partialObserver;
	}
	next(value) {
		const { partialObserver } = this;
		if (partialObserver.next) try {
			partialObserver.next(value);
		} catch (error) {
			handleUnhandledError(error);
		}
	}
	error(err) {
		const { partialObserver } = this;
		if (partialObserver.error) try {
			partialObserver.error(err);
		} catch (error) {
			handleUnhandledError(error);
		}
		else handleUnhandledError(err);
	}
	complete() {
		const { partialObserver } = this;
		if (partialObserver.complete) try {
			partialObserver.complete();
		} catch (error) {
			handleUnhandledError(error);
		}
	}
};
var SafeSubscriber = class extends Subscriber {
	constructor(observerOrNext, error, complete) {
		super();
		let partialObserver;
		if (isFunction(observerOrNext) || !observerOrNext) partialObserver = {
			next: observerOrNext !== null && observerOrNext !== void 0 ? observerOrNext : void 0,
			error: error !== null && error !== void 0 ? error : void 0,
			complete: complete !== null && complete !== void 0 ? complete : void 0
		};
		else {
			let context;
			if (this && config$1.useDeprecatedNextContext) {
				context = Object.create(observerOrNext);
				context.unsubscribe = () => this.unsubscribe();
				partialObserver = {
					next: observerOrNext.next && bind(observerOrNext.next, context),
					error: observerOrNext.error && bind(observerOrNext.error, context),
					complete: observerOrNext.complete && bind(observerOrNext.complete, context)
				};
			} else partialObserver = observerOrNext;
		}
		this.destination = new ConsumerObserver(partialObserver);
	}
};
function handleUnhandledError(error) {
	if (config$1.useDeprecatedSynchronousErrorHandling) captureError(error);
	else reportUnhandledError(error);
}
function defaultErrorHandler(err) {
	throw err;
}
function handleStoppedNotification(notification, subscriber) {
	const { onStoppedNotification } = config$1;
	onStoppedNotification && timeoutProvider.setTimeout(() => onStoppedNotification(notification, subscriber));
}
const EMPTY_OBSERVER = {
	closed: true,
	next: noop,
	error: defaultErrorHandler,
	complete: noop
};
// ../../main/node_modules/rxjs/dist/esm/internal/symbol/observable.js
const observable = (() => typeof Symbol === "function" && Symbol.observable || "@@observable")();
// ../../main/node_modules/rxjs/dist/esm/internal/util/identity.js
function identity(x) {
	return x;
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/pipe.js
function pipeFromArray(fns) {
	if (fns.length === 0) return identity;
	if (fns.length === 1) return fns[0];
	return function piped(input) {
		return fns.reduce((prev, fn) => fn(prev), input);
	};
}
// ../../main/node_modules/rxjs/dist/esm/internal/Observable.js
var Observable = class Observable {
	constructor(subscribe) {
		if (subscribe) this._subscribe = subscribe;
	}
	lift(operator) {
		const observable = new Observable();
		observable.source = this;
		observable.operator = operator;
		return observable;
	}
	subscribe(observerOrNext, error, complete) {
		const subscriber = isSubscriber(observerOrNext) ? observerOrNext : new SafeSubscriber(observerOrNext, error, complete);
		errorContext(() => {
			const { operator, source } = this;
			subscriber.add(operator ? operator.call(subscriber, source) : source ? this._subscribe(subscriber) : this._trySubscribe(subscriber));
		});
		return subscriber;
	}
	_trySubscribe(sink) {
		try {
			return this._subscribe(sink);
		} catch (err) {
			sink.error(err);
		}
	}
	forEach(next, promiseCtor) {
		promiseCtor = getPromiseCtor(promiseCtor);
		return new promiseCtor((resolve, reject) => {
			const subscriber = new SafeSubscriber({
				next: (value) => {
					try {
						next(value);
					} catch (err) {
						reject(err);
						subscriber.unsubscribe();
					}
				},
				error: reject,
				complete: resolve
			});
			this.subscribe(subscriber);
		});
	}
	_subscribe(subscriber) {
		var _a;
		return (_a = this.source) === null || _a === void 0 ? void 0 : _a.subscribe(subscriber);
	}
	[observable]() {
		return this;
	}
	pipe(...operations) {
		return pipeFromArray(operations)(this);
	}
	toPromise(promiseCtor) {
		promiseCtor = getPromiseCtor(promiseCtor);
		return new promiseCtor((resolve, reject) => {
			let value;
			this.subscribe((x) => value = x, (err) => reject(err), () => resolve(value));
		});
	}
};
Observable.create = (subscribe) => {
	return new Observable(subscribe);
};
function getPromiseCtor(promiseCtor) {
	var _a;
	return (_a = promiseCtor !== null && promiseCtor !== void 0 ? promiseCtor : config$1.Promise) !== null && _a !== void 0 ? _a : Promise;
}
function isObserver(value) {
	return value && isFunction(value.next) && isFunction(value.error) && isFunction(value.complete);
}
function isSubscriber(value) {
	return value && value instanceof Subscriber || isObserver(value) && isSubscription(value);
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/lift.js
function hasLift(source) {
	return isFunction(source === null || source === void 0 ? void 0 : source.lift);
}
function operate(init) {
	return (source) => {
		if (hasLift(source)) return source.lift(function(liftedSource) {
			try {
				return init(liftedSource, this);
			} catch (err) {
				this.error(err);
			}
		});
		throw new TypeError("Unable to lift unknown Observable type");
	};
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/ObjectUnsubscribedError.js
const ObjectUnsubscribedError = createErrorClass((_super) => function ObjectUnsubscribedErrorImpl() {
	_super(this);
	this.name = "ObjectUnsubscribedError";
	this.message = "object unsubscribed";
});
// ../../main/node_modules/rxjs/dist/esm/internal/Subject.js
var Subject$1 = class extends Observable {
	constructor() {
		super();
		this.closed = false;
		this.currentObservers = null;
		this.observers = [];
		this.isStopped = false;
		this.hasError = false;
		this.thrownError = null;
	}
	lift(operator) {
		const subject = new AnonymousSubject(this, this);
		subject.operator = operator;
		return subject;
	}
	_throwIfClosed() {
		if (this.closed) throw new ObjectUnsubscribedError();
	}
	next(value) {
		errorContext(() => {
			this._throwIfClosed();
			if (!this.isStopped) {
				if (!this.currentObservers) this.currentObservers = Array.from(this.observers);
				for (const observer of this.currentObservers) observer.next(value);
			}
		});
	}
	error(err) {
		errorContext(() => {
			this._throwIfClosed();
			if (!this.isStopped) {
				this.hasError = this.isStopped = true;
				this.thrownError = err;
				const { observers } = this;
				while (observers.length) observers.shift().error(err);
			}
		});
	}
	complete() {
		errorContext(() => {
			this._throwIfClosed();
			if (!this.isStopped) {
				this.isStopped = true;
				const { observers } = this;
				while (observers.length) observers.shift().complete();
			}
		});
	}
	unsubscribe() {
		this.isStopped = this.closed = true;
		this.observers = this.currentObservers = null;
	}
	get observed() {
		var _a;
		return ((_a = this.observers) === null || _a === void 0 ? void 0 : _a.length) > 0;
	}
	_trySubscribe(subscriber) {
		this._throwIfClosed();
		return super._trySubscribe(subscriber);
	}
	_subscribe(subscriber) {
		this._throwIfClosed();
		this._checkFinalizedStatuses(subscriber);
		return this._innerSubscribe(subscriber);
	}
	_innerSubscribe(subscriber) {
		const { hasError, isStopped, observers } = this;
		if (hasError || isStopped) return EMPTY_SUBSCRIPTION;
		this.currentObservers = null;
		observers.push(subscriber);
		return new Subscription(() => {
			this.currentObservers = null;
			arrRemove(observers, subscriber);
		});
	}
	_checkFinalizedStatuses(subscriber) {
		const { hasError, thrownError, isStopped } = this;
		if (hasError) subscriber.error(thrownError);
		else if (isStopped) subscriber.complete();
	}
	asObservable() {
		const observable = new Observable();
		observable.source = this;
		return observable;
	}
};
Subject$1.create = (destination, source) => {
	return new AnonymousSubject(destination, source);
};
var AnonymousSubject = class extends Subject$1 {
	constructor(destination, source) {
		super();
		this.destination = destination;
		this.source = source;
	}
	next(value) {
		var _a, _b;
		(_b = (_a = this.destination) === null || _a === void 0 ? void 0 : _a.next) === null || _b === void 0 || _b.call(_a, value);
	}
	error(err) {
		var _a, _b;
		(_b = (_a = this.destination) === null || _a === void 0 ? void 0 : _a.error) === null || _b === void 0 || _b.call(_a, err);
	}
	complete() {
		var _a, _b;
		(_b = (_a = this.destination) === null || _a === void 0 ? void 0 : _a.complete) === null || _b === void 0 || _b.call(_a);
	}
	_subscribe(subscriber) {
		var _a, _b;
		return (_b = (_a = this.source) === null || _a === void 0 ? void 0 : _a.subscribe(subscriber)) !== null && _b !== void 0 ? _b : EMPTY_SUBSCRIPTION;
	}
};
// ../../main/node_modules/tslib/tslib.es6.js
/*! *****************************************************************************
Copyright (c) Microsoft Corporation.

Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM
LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR
PERFORMANCE OF THIS SOFTWARE.
***************************************************************************** */
function __awaiter(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
}
function __values(o) {
	var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
	if (m) return m.call(o);
	if (o && typeof o.length === "number") return { next: function() {
		if (o && i >= o.length) o = void 0;
		return {
			value: o && o[i++],
			done: !o
		};
	} };
	throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
}
function __await(v) {
	return this instanceof __await ? (this.v = v, this) : new __await(v);
}
function __asyncGenerator(thisArg, _arguments, generator) {
	if (!Symbol.asyncIterator) throw new TypeError("Symbol.asyncIterator is not defined.");
	var g = generator.apply(thisArg, _arguments || []), i, q = [];
	return i = {}, verb("next"), verb("throw"), verb("return"), i[Symbol.asyncIterator] = function() {
		return this;
	}, i;
	function verb(n) {
		if (g[n]) i[n] = function(v) {
			return new Promise(function(a, b) {
				q.push([
					n,
					v,
					a,
					b
				]) > 1 || resume(n, v);
			});
		};
	}
	function resume(n, v) {
		try {
			step(g[n](v));
		} catch (e) {
			settle(q[0][3], e);
		}
	}
	function step(r) {
		r.value instanceof __await ? Promise.resolve(r.value.v).then(fulfill, reject) : settle(q[0][2], r);
	}
	function fulfill(value) {
		resume("next", value);
	}
	function reject(value) {
		resume("throw", value);
	}
	function settle(f, v) {
		if (f(v), q.shift(), q.length) resume(q[0][0], q[0][1]);
	}
}
function __asyncValues(o) {
	if (!Symbol.asyncIterator) throw new TypeError("Symbol.asyncIterator is not defined.");
	var m = o[Symbol.asyncIterator], i;
	return m ? m.call(o) : (o = typeof __values === "function" ? __values(o) : o[Symbol.iterator](), i = {}, verb("next"), verb("throw"), verb("return"), i[Symbol.asyncIterator] = function() {
		return this;
	}, i);
	function verb(n) {
		i[n] = o[n] && function(v) {
			return new Promise(function(resolve, reject) {
				v = o[n](v), settle(resolve, reject, v.done, v.value);
			});
		};
	}
	function settle(resolve, reject, d, v) {
		Promise.resolve(v).then(function(v) {
			resolve({
				value: v,
				done: d
			});
		}, reject);
	}
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/isArrayLike.js
const isArrayLike = ((x) => x && typeof x.length === "number" && typeof x !== "function");
// ../../main/node_modules/rxjs/dist/esm/internal/util/isPromise.js
function isPromise(value) {
	return isFunction(value === null || value === void 0 ? void 0 : value.then);
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/isInteropObservable.js
function isInteropObservable(input) {
	return isFunction(input[observable]);
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/isAsyncIterable.js
function isAsyncIterable(obj) {
	return Symbol.asyncIterator && isFunction(obj === null || obj === void 0 ? void 0 : obj[Symbol.asyncIterator]);
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/throwUnobservableError.js
function createInvalidObservableTypeError(input) {
	return /* @__PURE__ */ new TypeError(`You provided ${input !== null && typeof input === "object" ? "an invalid object" : `'${input}'`} where a stream was expected. You can provide an Observable, Promise, ReadableStream, Array, AsyncIterable, or Iterable.`);
}
// ../../main/node_modules/rxjs/dist/esm/internal/symbol/iterator.js
function getSymbolIterator() {
	if (typeof Symbol !== "function" || !Symbol.iterator) return "@@iterator";
	return Symbol.iterator;
}
const iterator = getSymbolIterator();
// ../../main/node_modules/rxjs/dist/esm/internal/util/isIterable.js
function isIterable(input) {
	return isFunction(input === null || input === void 0 ? void 0 : input[iterator]);
}
// ../../main/node_modules/rxjs/dist/esm/internal/util/isReadableStreamLike.js
function readableStreamLikeToAsyncGenerator(readableStream) {
	return __asyncGenerator(this, arguments, function* readableStreamLikeToAsyncGenerator_1() {
		const reader = readableStream.getReader();
		try {
			while (true) {
				const { value, done } = yield __await(reader.read());
				if (done) return yield __await(void 0);
				yield yield __await(value);
			}
		} finally {
			reader.releaseLock();
		}
	});
}
function isReadableStreamLike(obj) {
	return isFunction(obj === null || obj === void 0 ? void 0 : obj.getReader);
}
// ../../main/node_modules/rxjs/dist/esm/internal/observable/innerFrom.js
function innerFrom(input) {
	if (input instanceof Observable) return input;
	if (input != null) {
		if (isInteropObservable(input)) return fromInteropObservable(input);
		if (isArrayLike(input)) return fromArrayLike(input);
		if (isPromise(input)) return fromPromise(input);
		if (isAsyncIterable(input)) return fromAsyncIterable(input);
		if (isIterable(input)) return fromIterable(input);
		if (isReadableStreamLike(input)) return fromReadableStreamLike(input);
	}
	throw createInvalidObservableTypeError(input);
}
function fromInteropObservable(obj) {
	return new Observable((subscriber) => {
		const obs = obj[observable]();
		if (isFunction(obs.subscribe)) return obs.subscribe(subscriber);
		throw new TypeError("Provided object does not correctly implement Symbol.observable");
	});
}
function fromArrayLike(array) {
	return new Observable((subscriber) => {
		for (let i = 0; i < array.length && !subscriber.closed; i++) subscriber.next(array[i]);
		subscriber.complete();
	});
}
function fromPromise(promise) {
	return new Observable((subscriber) => {
		promise.then((value) => {
			if (!subscriber.closed) {
				subscriber.next(value);
				subscriber.complete();
			}
		}, (err) => subscriber.error(err)).then(null, reportUnhandledError);
	});
}
function fromIterable(iterable) {
	return new Observable((subscriber) => {
		for (const value of iterable) {
			subscriber.next(value);
			if (subscriber.closed) return;
		}
		subscriber.complete();
	});
}
function fromAsyncIterable(asyncIterable) {
	return new Observable((subscriber) => {
		process$1(asyncIterable, subscriber).catch((err) => subscriber.error(err));
	});
}
function fromReadableStreamLike(readableStream) {
	return fromAsyncIterable(readableStreamLikeToAsyncGenerator(readableStream));
}
function process$1(asyncIterable, subscriber) {
	var asyncIterable_1, asyncIterable_1_1;
	var e_1, _a;
	return __awaiter(this, void 0, void 0, function* () {
		try {
			for (asyncIterable_1 = __asyncValues(asyncIterable); asyncIterable_1_1 = yield asyncIterable_1.next(), !asyncIterable_1_1.done;) {
				const value = asyncIterable_1_1.value;
				subscriber.next(value);
				if (subscriber.closed) return;
			}
		} catch (e_1_1) {
			e_1 = { error: e_1_1 };
		} finally {
			try {
				if (asyncIterable_1_1 && !asyncIterable_1_1.done && (_a = asyncIterable_1.return)) yield _a.call(asyncIterable_1);
			} finally {
				if (e_1) throw e_1.error;
			}
		}
		subscriber.complete();
	});
}
// ../../main/node_modules/rxjs/dist/esm/internal/operators/share.js
function share$2(options = {}) {
	const { connector = () => new Subject$1(), resetOnError = true, resetOnComplete = true, resetOnRefCountZero = true } = options;
	return (wrapperSource) => {
		let connection;
		let resetConnection;
		let subject;
		let refCount = 0;
		let hasCompleted = false;
		let hasErrored = false;
		const cancelReset = () => {
			resetConnection === null || resetConnection === void 0 || resetConnection.unsubscribe();
			resetConnection = void 0;
		};
		const reset = () => {
			cancelReset();
			connection = subject = void 0;
			hasCompleted = hasErrored = false;
		};
		const resetAndUnsubscribe = () => {
			const conn = connection;
			reset();
			conn === null || conn === void 0 || conn.unsubscribe();
		};
		return operate((source, subscriber) => {
			refCount++;
			if (!hasErrored && !hasCompleted) cancelReset();
			const dest = subject = subject !== null && subject !== void 0 ? subject : connector();
			subscriber.add(() => {
				refCount--;
				if (refCount === 0 && !hasErrored && !hasCompleted) resetConnection = handleReset(resetAndUnsubscribe, resetOnRefCountZero);
			});
			dest.subscribe(subscriber);
			if (!connection && refCount > 0) {
				connection = new SafeSubscriber({
					next: (value) => dest.next(value),
					error: (err) => {
						hasErrored = true;
						cancelReset();
						resetConnection = handleReset(reset, resetOnError, err);
						dest.error(err);
					},
					complete: () => {
						hasCompleted = true;
						cancelReset();
						resetConnection = handleReset(reset, resetOnComplete);
						dest.complete();
					}
				});
				innerFrom(source).subscribe(connection);
			}
		})(wrapperSource);
	};
}
function handleReset(reset, on, ...args) {
	if (on === true) {
		reset();
		return;
	}
	if (on === false) return;
	const onSubscriber = new SafeSubscriber({ next: () => {
		onSubscriber.unsubscribe();
		reset();
	} });
	return innerFrom(on(...args)).subscribe(onSubscriber);
}
// ../../main/node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function joinValues(array, separator = "|") {
	return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
	const ratio = val / step;
	const roundedRatio = Math.round(ratio);
	const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
	if (Math.abs(ratio - roundedRatio) < tolerance) return 0;
	return ratio - roundedRatio;
}
const EVALUATING = /* @__PURE__*/ Symbol("evaluating");
function defineLazy(object, key, getter) {
	let value = void 0;
	Object.defineProperty(object, key, {
		get() {
			if (value === EVALUATING) return;
			if (value === void 0) {
				value = EVALUATING;
				value = getter();
			}
			return value;
		},
		set(v) {
			Object.defineProperty(object, key, { value: v });
		},
		configurable: true
	});
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
/**
* Whichever object a def's `shape` currently answers from: the one the caller passed until the first read, the frozen copy after it.
*
* Its keys and descriptors read without invoking anything, which is what lets a discriminated union check its discriminator, and the cycle walk read a shape, without resolving a getter that references the schema being constructed. A def that answers `shape` from an accessor of its own has none.
*/
function rawShape(def) {
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
	return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
	Object.defineProperty(target, key, {
		get() {
			const value = getter();
			assignProp(this, key, value);
			return value;
		},
		enumerable: true,
		configurable: true
	});
}
function putProp(target, key, value) {
	if (key in target) assignProp(target, key, value);
	else target[key] = value;
}
/**
* Copies `keys` of `source`'s shape onto `target`, each value passed through `wrap`.
*
* A key the source has resolved is copied through now, so the derived shape states it outright and nothing has to resolve it to learn what it holds. A key the source still defers stays deferred, and reads back through the source's own `shape`, so it resolves once and both shapes get that one schema.
*/
function mirrorShape(target, source, keys, wrap) {
	const raw = sourceShape(source);
	for (const key of keys) {
		const desc = Object.getOwnPropertyDescriptor(raw, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => {
			const value = source._zod.def.shape[key];
			return wrap ? wrap(value, key) : value;
		});
		else putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
	}
}
function mirrorProps(target, source) {
	for (const key of Reflect.ownKeys(source)) {
		const desc = Object.getOwnPropertyDescriptor(source, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => source[key]);
		else putProp(target, key, desc.value);
	}
}
function mergeDefs(...defs) {
	const mergedDescriptors = {};
	for (const def of defs) {
		const descriptors = Object.getOwnPropertyDescriptors(def);
		Object.assign(mergedDescriptors, descriptors);
	}
	return Object.defineProperties({}, mergedDescriptors);
}
function esc(str) {
	return JSON.stringify(str);
}
function slugify(input) {
	return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject$1(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const allowsEval = /* @__PURE__*/ cached(() => {
	if (globalConfig.jitless) return false;
	if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) return false;
	try {
		new Function("");
		return true;
	} catch (_) {
		return false;
	}
});
function isPlainObject(o) {
	if (isObject$1(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject$1(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
function shallowClone(o) {
	if (isPlainObject(o)) return { ...o };
	if (Array.isArray(o)) return [...o];
	if (o instanceof Map) return new Map(o);
	if (o instanceof Set) return new Set(o);
	return o;
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function stringifyPrimitive(value) {
	if (typeof value === "bigint") return value.toString() + "n";
	if (typeof value === "string") return `"${value}"`;
	return `${value}`;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
const BIGINT_FORMAT_RANGES = {
	int64: [/* @__PURE__*/ BigInt("-9223372036854775808"), /* @__PURE__*/ BigInt("9223372036854775807")],
	uint64: [/* @__PURE__*/ BigInt(0), /* @__PURE__*/ BigInt("18446744073709551615")]
};
function pick$2(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".pick() cannot be used on object schemas containing refinements");
	const newShape = {};
	mirrorShape(newShape, schema, maskedKeys(schema, mask));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function maskedKeys(schema, mask) {
	const raw = sourceShape(schema);
	const keys = [];
	for (const key of Reflect.ownKeys(mask)) {
		if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) throw new Error(`Unrecognized key: "${String(key)}"`);
		if (mask[key]) keys.push(key);
	}
	return keys;
}
function omit(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".omit() cannot be used on object schemas containing refinements");
	const omitted = new Set(maskedKeys(schema, mask));
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function extend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to extend: expected a plain object");
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) {
		const existingShape = sourceShape(schema);
		for (const key of Reflect.ownKeys(shape)) if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
	}
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
	mirrorProps(newShape, shape);
	return newShape;
}
function safeExtend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to safeExtend: expected a plain object");
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
	if (!b?._zod?.def) throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
	if (a._zod.def.checks?.length) throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
	const newShape = {};
	mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
	mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
	return clone(a, mergeDefs(a._zod.def, {
		shape: newShape,
		get catchall() {
			return b._zod.def.catchall;
		},
		checks: b._zod.def.checks ?? []
	}));
}
function partial(Class, schema, mask, name = "partial") {
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class && ((value, key) => selected && !selected.has(key) ? value : new Class({
		type: "optional",
		innerType: value
	})));
	return clone(schema, mergeDefs(schema._zod.def, {
		shape: newShape,
		checks: []
	}));
}
function required(Class, schema, mask) {
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => selected && !selected.has(key) ? value : new Class({
		type: "nonoptional",
		innerType: value
	}));
	return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
function parsedType(data) {
	const t = typeof data;
	switch (t) {
		case "number": return Number.isNaN(data) ? "nan" : "number";
		case "object": {
			if (data === null) return "null";
			if (Array.isArray(data)) return "array";
			const obj = data;
			if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) return obj.constructor.name;
		}
	}
	return t;
}
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
}
/**
* Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
*
* Call this from a `proto` initializer, which runs once per prototype — never per instance.
*/
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
/** Adds members a table derives from the instance: each builds on first read and shadows as own data, and assignment shadows the same way, as when these were own properties. */
/* @__NO_SIDE_EFFECTS__ */
function derived(computes, table) {
	for (const key in computes) {
		const compute = computes[key];
		Object.defineProperty(table, key, {
			configurable: true,
			enumerable: true,
			get() {
				return own(this, key, compute(this));
			},
			set(value) {
				own(this, key, value);
			}
		});
	}
	return table;
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
/**
* Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
* constructor, computed from the internals object itself and cached there on
* first read. One accessor per constructor rather than one per instance.
*/
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
/**
* Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
* data property. One accessor per constructor rather than one per instance, because an own accessor
* puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
*/
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
/** Marks the thunk `_catch` synthesises for a constant catch value. `Function.length` cannot tell that thunk from a user callback — rest and defaulted parameters both report arity 0 — and a user callback reads `ctx.error`, whose issues only finalize correctly against the caller's per-parse error map. Provenance can say what arity cannot. A plain string key rather than `Symbol.for`, whose call at module scope no bundler can prove pure — the same shape that anchored `urlCanParse` into every build. */
const CONSTANT_CATCH = "~constantCatch";
/** Wraps a constant catch value in a thunk tagged with {@link CONSTANT_CATCH}. */
function constantCatch(value) {
	const fn = () => value;
	fn[CONSTANT_CATCH] = true;
	return fn;
}
// ../../main/node_modules/zod/v4/core/core.js
var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
var $ZodEncodeError = class extends Error {
	constructor(name) {
		super(`Encountered unidirectional transform during encode: ${name}`);
		this.name = "ZodEncodeError";
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}
// ../../main/node_modules/zod/v4/core/errors.js
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer$1 = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodError = /* @__PURE__ */ $constructor("$ZodError", initializer$1);
/** Get-or-create `obj[key]` as an own data property. A path segment naming an inherited member
* ("toString", "constructor") would otherwise read through to the prototype, and assigning
* "__proto__" would hit the setter instead of creating a key. */
function node(obj, key, make) {
	if (!Object.prototype.hasOwnProperty.call(obj, key)) {
		if (key === "__proto__") Object.defineProperty(obj, key, {
			value: make(),
			writable: true,
			enumerable: true,
			configurable: true
		});
		else obj[key] = make();
	}
	return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
	const fieldErrors = {};
	const formErrors = [];
	for (const sub of error.issues) if (sub.path.length > 0) node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
	else formErrors.push(mapper(sub));
	return {
		formErrors,
		fieldErrors
	};
}
function formatError(error, mapper = (issue) => issue.message) {
	const fieldErrors = { _errors: [] };
	const processError = (error, path = []) => {
		for (const issue of error.issues) if (issue.code === "invalid_union" && issue.errors.length) issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
		else if (issue.code === "invalid_key") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else if (issue.code === "invalid_element") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else {
			const fullpath = [...path, ...issue.path];
			if (fullpath.length === 0) fieldErrors._errors.push(mapper(issue));
			else {
				let curr = fieldErrors;
				let i = 0;
				while (i < fullpath.length) {
					const el = fullpath[i];
					const terminal = i === fullpath.length - 1;
					if (el === "_errors") {
						if (terminal) curr._errors.push(mapper(issue));
						i++;
						continue;
					}
					if (!Object.prototype.hasOwnProperty.call(curr, el)) Object.defineProperty(curr, el, {
						value: { _errors: [] },
						enumerable: true,
						writable: true,
						configurable: true
					});
					const node = curr[el];
					if (terminal) node._errors.push(mapper(issue));
					curr = node;
					i++;
				}
			}
		}
	};
	processError(error);
	return fieldErrors;
}
// ../../main/node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
	return {
		callee: params?.callee ?? callee,
		Err: params?.Err
	};
}
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
const validate = ((schema, value, _ctx) => {
	const validator = schema._zod.bag.validator;
	if (validator !== void 0) {
		if (validator(value) !== COMPILE_INVALID) return true;
		if (validator.definite === true && _ctx === void 0) return false;
	}
	return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
	const ctx = _ctx ? {
		..._ctx,
		async: false,
		abortEarly: true
	} : {
		async: false,
		abortEarly: true
	};
	const fallbackRun = schema._zod.bag.fallbackRun;
	let result;
	if (fallbackRun) {
		ctx[COMPILE_FALLBACK] = true;
		result = fallbackRun({
			value,
			issues: []
		}, ctx);
	} else result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length === 0;
}
const validateAsync$1 = async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true,
		abortEarly: true
	} : {
		async: true,
		abortEarly: true
	};
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length === 0;
};
const _encode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return parse(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		return parse(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _encodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return await parseAsync(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _safeEncode = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParse(_Err)(schema, value, ctx);
};
const _safeDecode = (_Err) => (schema, value, _ctx) => {
	return _safeParse(_Err)(schema, value, _ctx);
};
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParseAsync(_Err)(schema, value, ctx);
};
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
	return _safeParseAsync(_Err)(schema, value, _ctx);
};
// ../../main/node_modules/zod/v4/core/regexes.js
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
	return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
/** ISO 8601-1 duration regex. Does not support the 8601-2 extensions like negative durations or fractional/negative components. */
const duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
/** A regex for any UUID-like identifier: 8-4-4-4-12 hex pattern */
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
/** Returns a regex for validating an RFC 9562/4122 UUID.
*
* @param version Optionally specify a version 1-8. If no version is specified, all versions are supported. */
const uuid = (version) => {
	if (!version) return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
	return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
/** Practical email validation */
const email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
const _emoji$1 = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
	return new RegExp(_emoji$1, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
const base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
const httpProtocol = /^https?$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
/** Anchors a pattern source. The interpolation lives here rather than at the call site because
* esbuild will not drop a `@__PURE__` call whose own argument interpolates a variable, but it
* will drop `anchor(dateSource)`. Keeping it inline pinned `date` into every bundle. */
function anchor(source) {
	return new RegExp(`^${source}$`);
}
const date = /*@__PURE__*/ anchor(dateSource);
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function time(args) {
	return new RegExp(`^${timeSource(args)}$`);
}
function datetime$1(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const integer = /^-?\d+$/;
const number$1 = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const _null$2 = /^null$/i;
const lowercase = /^[^A-Z]*$/;
const uppercase = /^[^a-z]*$/;
// ../../main/node_modules/zod/v4/core/checks.js
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckLessThan = /*@__PURE__*/ $constructor("$ZodCheckLessThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value <= def.value : payload.value < def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_big",
			maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMultipleOf = /*@__PURE__*/ $constructor("$ZodCheckMultipleOf", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		if (typeof payload.value !== typeof def.value) throw new Error("Cannot mix number and bigint in multiple_of check.");
		if (typeof payload.value === "bigint" ? def.value !== BigInt(0) && payload.value % def.value === BigInt(0) : floatSafeRemainder(payload.value, def.value) === 0) return;
		payload.issues.push({
			origin: typeof payload.value,
			code: "not_multiple_of",
			divisor: def.value,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMaxLength = /*@__PURE__*/ $constructor("$ZodCheckMaxLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units > def.maximum ? codePointLength(input) : units) <= def.maximum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_big",
			maximum: def.maximum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLengthEquals = /*@__PURE__*/ $constructor("$ZodCheckLengthEquals", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
		if (length === def.length) return;
		const origin = getLengthableOrigin(input);
		const tooBig = length > def.length;
		payload.issues.push({
			origin,
			...tooBig ? {
				code: "too_big",
				maximum: def.length
			} : {
				code: "too_small",
				minimum: def.length
			},
			inclusive: true,
			exact: true,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLowerCase = /*@__PURE__*/ $constructor("$ZodCheckLowerCase", (inst, def) => {
	def.pattern ?? (def.pattern = lowercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase = /*@__PURE__*/ $constructor("$ZodCheckUpperCase", (inst, def) => {
	def.pattern ?? (def.pattern = uppercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes = /*@__PURE__*/ $constructor("$ZodCheckIncludes", (inst, def) => {
	$ZodCheck.init(inst, def);
	const escapedRegex = escapeRegex(def.includes);
	def.pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
	inst._zod.check = (payload) => {
		if (payload.value.includes(def.includes, def.position)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "includes",
			includes: def.includes,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStartsWith = /*@__PURE__*/ $constructor("$ZodCheckStartsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.startsWith(def.prefix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "starts_with",
			prefix: def.prefix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckEndsWith = /*@__PURE__*/ $constructor("$ZodCheckEndsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.endsWith(def.suffix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "ends_with",
			suffix: def.suffix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckOverwrite = /*@__PURE__*/ $constructor("$ZodCheckOverwrite", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		payload.value = def.tx(payload.value);
	};
});
// ../../main/node_modules/zod/v4/core/doc.js
var Doc = class {
	constructor(args = [], closed = {}) {
		this.content = [];
		this.indent = 0;
		this.args = args;
		this.closed = closed;
	}
	indented(fn) {
		this.indent += 1;
		try {
			fn(this);
		} finally {
			this.indent -= 1;
		}
	}
	write(arg) {
		if (typeof arg === "function") {
			arg(this, { execution: "sync" });
			arg(this, { execution: "async" });
			return;
		}
		const lines = arg.split("\n").filter((x) => x);
		const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
		const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
		for (const line of dedented) this.content.push(line);
	}
	compile() {
		const F = Function;
		const content = this?.content ?? [``];
		return new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`)(...Object.values(this.closed));
	}
};
// ../../main/node_modules/zod/v4/core/versions.js
const version = {
	major: 4,
	minor: 6,
	patch: 7
};
// ../../main/node_modules/zod/v4/core/schemas.js
const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodGUID = /*@__PURE__*/ $constructor("$ZodGUID", (inst, def) => {
	def.pattern ?? (def.pattern = guid);
	$ZodStringFormat.init(inst, def);
});
const $ZodUUID = /*@__PURE__*/ $constructor("$ZodUUID", (inst, def) => {
	if (def.version) {
		const v = {
			v1: 1,
			v2: 2,
			v3: 3,
			v4: 4,
			v5: 5,
			v6: 6,
			v7: 7,
			v8: 8
		}[def.version];
		if (v === void 0) throw new Error(`Invalid UUID version: "${def.version}"`);
		def.pattern ?? (def.pattern = uuid(v));
	} else def.pattern ?? (def.pattern = uuid());
	$ZodStringFormat.init(inst, def);
});
const $ZodEmail = /*@__PURE__*/ $constructor("$ZodEmail", (inst, def) => {
	def.pattern ?? (def.pattern = email);
	$ZodStringFormat.init(inst, def);
});
function canParseURL(input) {
	try {
		if (typeof URL !== "undefined" && typeof URL.canParse === "function") return URL.canParse(input);
		new URL(input);
		return true;
	} catch {
		return false;
	}
}
function validateURL(trimmed, def) {
	if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) return canParseURL(trimmed) || 2;
	return parseURLObject(trimmed, def);
}
/** Parses a URL while preserving the non-normalizing HTTP guard. */
function parseURLObject(trimmed, def) {
	if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) return 1;
	try {
		if (typeof URL !== "undefined") {
			const URLStatic = URL;
			if (typeof URLStatic.parse === "function") return URLStatic.parse(trimmed) ?? 2;
		}
		return new URL(trimmed);
	} catch {
		return 2;
	}
}
const asciiTabOrNewline = /[\t\n\r]/g;
/** The URL parser deletes every ASCII tab, LF and CR from its input before it parses, so `new URL("https://exa\nmple.com")` reports on `example.com`. Applying the same deletion to the returned value closes the half of that divergence which can move the host; the parser's other rewrite, stripping C0 controls at the edges, cannot. */
function stripTabAndNewline(value) {
	return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
	hostname.lastIndex = 0;
	return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
	protocol.lastIndex = 0;
	return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL = /*@__PURE__*/ $constructor("$ZodURL", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		try {
			const trimmed = payload.value.trim();
			const url = validateURL(trimmed, def);
			if (url === 1) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					note: "Invalid URL format",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === 2) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === true) {
				payload.value = stripTabAndNewline(trimmed);
				return;
			}
			if (def.hostname && !urlHostnameOk(url, def.hostname)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid hostname",
				pattern: def.hostname.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			if (def.protocol && !urlProtocolOk(url, def.protocol)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid protocol",
				pattern: def.protocol.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
			return;
		} catch (_) {
			payload.issues.push({
				code: "invalid_format",
				format: "url",
				input: payload.value,
				inst,
				continue: !def.abort
			});
		}
	};
});
const $ZodEmoji = /*@__PURE__*/ $constructor("$ZodEmoji", (inst, def) => {
	def.pattern ?? (def.pattern = emoji());
	$ZodStringFormat.init(inst, def);
});
const $ZodNanoID = /*@__PURE__*/ $constructor("$ZodNanoID", (inst, def) => {
	if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1)) throw new Error(`Invalid nanoid length: ${def.length}`);
	def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
	$ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link $ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const $ZodCUID = /*@__PURE__*/ $constructor("$ZodCUID", (inst, def) => {
	def.pattern ?? (def.pattern = cuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID2 = /*@__PURE__*/ $constructor("$ZodCUID2", (inst, def) => {
	def.pattern ?? (def.pattern = cuid2);
	$ZodStringFormat.init(inst, def);
});
const $ZodULID = /*@__PURE__*/ $constructor("$ZodULID", (inst, def) => {
	def.pattern ?? (def.pattern = ulid);
	$ZodStringFormat.init(inst, def);
});
const $ZodXID = /*@__PURE__*/ $constructor("$ZodXID", (inst, def) => {
	def.pattern ?? (def.pattern = xid);
	$ZodStringFormat.init(inst, def);
});
const $ZodKSUID = /*@__PURE__*/ $constructor("$ZodKSUID", (inst, def) => {
	def.pattern ?? (def.pattern = ksuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime$1(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODate = /*@__PURE__*/ $constructor("$ZodISODate", (inst, def) => {
	def.pattern ?? (def.pattern = date);
	$ZodStringFormat.init(inst, def);
});
const $ZodISOTime = /*@__PURE__*/ $constructor("$ZodISOTime", (inst, def) => {
	def.pattern ?? (def.pattern = time(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODuration = /*@__PURE__*/ $constructor("$ZodISODuration", (inst, def) => {
	def.pattern ?? (def.pattern = duration);
	$ZodStringFormat.init(inst, def);
});
const $ZodIPv4 = /*@__PURE__*/ $constructor("$ZodIPv4", (inst, def) => {
	def.pattern ?? (def.pattern = ipv4);
	$ZodStringFormat.init(inst, def);
});
/** An IPv6 address is written with hex digits, colons and dots, and nothing else. The guard is what makes the check below an IPv6 check: `new URL("http://[...]")` parses an authority, not an address, so `@` and `\` re-delimit it and `"::@1\\"` validates against the host `0.0.0.1`. The URL parser also deletes ASCII tab, LF and CR rather than failing, which is how `"::1\n"` validated as `::1`. */
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
	if (!ipv6Alphabet.test(value)) return false;
	return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 = /*@__PURE__*/ $constructor("$ZodIPv6", (inst, def) => {
	def.pattern ?? (def.pattern = ipv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidIPv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "ipv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCIDRv4 = /*@__PURE__*/ $constructor("$ZodCIDRv4", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv4);
	$ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
	const parts = value.split("/");
	if (parts.length !== 2) return false;
	const [address, prefix] = parts;
	if (!prefix) return false;
	const prefixNum = Number(prefix);
	if (`${prefixNum}` !== prefix) return false;
	if (prefixNum < 0 || prefixNum > 128) return false;
	return isValidIPv6(address);
}
const $ZodCIDRv6 = /*@__PURE__*/ $constructor("$ZodCIDRv6", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidCIDRv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "cidrv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
function isValidBase64(data) {
	if (data === "") return true;
	if (/\s/.test(data)) return false;
	if (data.length % 4 !== 0) return false;
	try {
		atob(data);
		return true;
	} catch {
		return false;
	}
}
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 = /*@__PURE__*/ $constructor("$ZodBase64", (inst, def) => {
	def.pattern ?? (def.pattern = base64Charset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
	if (!base64urlCharset.test(data)) return false;
	const base64 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
	return isValidBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
}
const $ZodBase64URL = /*@__PURE__*/ $constructor("$ZodBase64URL", (inst, def) => {
	def.pattern ?? (def.pattern = base64urlCharset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64URL(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64url",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodE164 = /*@__PURE__*/ $constructor("$ZodE164", (inst, def) => {
	def.pattern ?? (def.pattern = e164);
	$ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
	try {
		const tokensParts = token.split(".");
		if (tokensParts.length !== 3) return false;
		const [header] = tokensParts;
		if (!header) return false;
		const parsedHeader = JSON.parse(atob(header));
		if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT") return false;
		if (!parsedHeader.alg) return false;
		if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm)) return false;
		return true;
	} catch {
		return false;
	}
}
const $ZodJWT = /*@__PURE__*/ $constructor("$ZodJWT", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidJWT(payload.value, def.alg)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "jwt",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodNull = /*@__PURE__*/ $constructor("$ZodNull", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = _null$2;
	inst._zod.values = /* @__PURE__ */ new Set([null]);
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (input === null) return payload;
		payload.issues.push({
			expected: "null",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodUnknown = /*@__PURE__*/ $constructor("$ZodUnknown", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload) => payload;
});
const $ZodNever = /*@__PURE__*/ $constructor("$ZodNever", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _ctx) => {
		payload.issues.push({
			expected: "never",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject = isObject$1;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodObjectJIT = /*@__PURE__*/ $constructor("$ZodObjectJIT", (inst, def) => {
	$ZodObject.init(inst, def);
	const superParse = inst._zod.parse;
	const _normalized = cached(() => normalizeDef(def));
	const memo = globalConfig.memoizer;
	const generateFastpass = (shape) => {
		const normalized = _normalized.value;
		const syms = normalized.symbolKeys;
		const doc = new Doc(["payload", "ctx"], {
			shape,
			inst,
			memo,
			syms
		});
		const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
		const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
		doc.write(`const input = payload.value;`);
		const ids = Object.create(null);
		let counter = 0;
		for (const key of normalized.allKeys) ids[key] = `key_${counter++}`;
		doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
		for (const key of normalized.allKeys) {
			if (key === "__proto__") continue;
			const id = ids[key];
			const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
			const isPresent = `${k} in input`;
			const schema = shape[key];
			const optin = schema?._zod?.optin;
			const isOptionalIn = optin !== void 0;
			const isOptionalOut = schema?._zod?.optout === "optional";
			doc.write(`const ${id} = ${parseStr(k)};`);
			if (isOptionalIn && isOptionalOut) {
				const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
				doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
			} else if (!isOptionalIn) doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
			else {
				doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
				if (optin === "defaulted") doc.write(`newResult[${k}] = ${id}.value;`);
				else doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
			}
		}
		doc.write(`payload.value = newResult;`);
		doc.write(`return payload;`);
		return doc.compile();
	};
	let fastpass;
	const isObject = isObject$1;
	const jit = !globalConfig.jitless;
	const fastEnabled = jit && allowsEval.value;
	const catchall = def.catchall;
	let value;
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
			if (!fastpass) fastpass = generateFastpass(def.shape);
			payload = fastpass(payload, ctx);
			if (!catchall) return payload;
			return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
		}
		return superParse(payload, ctx);
	};
});
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
	});
	return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
function discriminatorMap(def) {
	const map = /* @__PURE__ */ new Map();
	for (const option of def.options) {
		const values = option._zod.propValues?.[def.discriminator];
		if (!values || values.size === 0) throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
		for (const value of values) if (map.has(value)) {
			if (value !== void 0) throw new Error(`Duplicate discriminator value "${String(value)}"`);
			map.set(value, null);
		} else map.set(value, option);
	}
	return map;
}
const $ZodDiscriminatedUnion = /*@__PURE__*/ $constructor("$ZodDiscriminatedUnion", (inst, def) => {
	def.inclusive = false;
	$ZodUnion.init(inst, def);
	const _super = inst._zod.parse;
	defineLazyInternal(inst, "propValues", (zod) => {
		const propValues = {};
		let undefinedCount = 0;
		for (const option of zod.def.options) {
			const pv = option._zod.propValues;
			if (!pv || Object.keys(pv).length === 0) throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
			if (pv[zod.def.discriminator]?.has(void 0)) undefinedCount++;
			for (const [k, v] of Object.entries(pv)) {
				if (!Object.prototype.hasOwnProperty.call(propValues, k)) assignProp(propValues, k, /* @__PURE__ */ new Set());
				for (const val of v) propValues[k].add(val);
			}
		}
		if (!zod.def.unionFallback && undefinedCount > 1) propValues[zod.def.discriminator]?.delete(void 0);
		return propValues;
	});
	def.options.forEach((option, i) => {
		const propShape = rawShape(option._zod.def);
		if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) throw new Error(`Invalid discriminated union option at index "${i}"`);
	});
	const disc = cached(() => discriminatorMap(def));
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isObject$1(input)) {
			payload.issues.push({
				code: "invalid_type",
				expected: "object",
				input,
				inst
			});
			return payload;
		}
		const value = input?.[def.discriminator];
		const opt = disc.value.get(value);
		if (opt && (value !== void 0 || ctx.direction !== "backward")) return opt._zod.run(payload, ctx);
		if (def.unionFallback || ctx.direction === "backward") return _super(payload, ctx);
		payload.issues.push({
			code: "invalid_union",
			errors: [],
			note: "No matching discriminator",
			discriminator: def.discriminator,
			options: Array.from(disc.value.keys()).filter((value) => disc.value.get(value) !== null),
			input,
			path: [def.discriminator],
			inst
		});
		return payload;
	};
});
const $ZodIntersection = /*@__PURE__*/ $constructor("$ZodIntersection", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		const left = def.left._zod.run({
			value: input,
			issues: []
		}, ctx);
		const right = def.right._zod.run({
			value: input,
			issues: []
		}, ctx);
		if (left instanceof Promise || right instanceof Promise) return Promise.all([left, right]).then(([left, right]) => {
			return handleIntersectionResults(payload, left, right);
		});
		return handleIntersectionResults(payload, left, right);
	};
});
function mergeValues(a, b) {
	if (a === b) return {
		valid: true,
		data: a
	};
	if (a instanceof Date && b instanceof Date && +a === +b) return {
		valid: true,
		data: a
	};
	if (isPlainObject(a) && isPlainObject(b)) {
		const bKeys = Object.keys(b);
		const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
		const newObj = {
			...a,
			...b
		};
		if (Object.prototype.hasOwnProperty.call(newObj, "__proto__")) delete newObj.__proto__;
		for (const key of sharedKeys) {
			if (key === "__proto__") continue;
			const sharedValue = mergeValues(a[key], b[key]);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
			};
			newObj[key] = sharedValue.data;
		}
		return {
			valid: true,
			data: newObj
		};
	}
	if (Array.isArray(a) && Array.isArray(b)) {
		if (a.length !== b.length) return {
			valid: false,
			mergeErrorPath: []
		};
		const newArray = [];
		for (let index = 0; index < a.length; index++) {
			const itemA = a[index];
			const itemB = b[index];
			const sharedValue = mergeValues(itemA, itemB);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
			};
			newArray.push(sharedValue.data);
		}
		return {
			valid: true,
			data: newArray
		};
	}
	return {
		valid: false,
		mergeErrorPath: []
	};
}
function handleIntersectionResults(result, left, right) {
	const unrecKeys = /* @__PURE__ */ new Map();
	let unrecIssue;
	const keyIssues = /* @__PURE__ */ new Map();
	const collect = (iss, side) => {
		let keys;
		if (iss.code === "unrecognized_keys" && !iss.path?.length) {
			unrecIssue ?? (unrecIssue = iss);
			keys = iss.keys;
		} else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
			const k = String(iss.path[0]);
			if (!keyIssues.has(k)) keyIssues.set(k, iss);
			keys = [k];
		} else return false;
		for (const k of keys) {
			if (!unrecKeys.has(k)) unrecKeys.set(k, {});
			unrecKeys.get(k)[side] = true;
		}
		return true;
	};
	for (const iss of left.issues) if (!collect(iss, "l")) result.issues.push(iss);
	for (const iss of right.issues) if (!collect(iss, "r")) result.issues.push(iss);
	const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
	if (bothKeys.length) {
		const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
		if (aggregated.length) result.issues.push({
			...unrecIssue,
			keys: aggregated
		});
		for (const k of bothKeys) if (!aggregated.includes(k) && keyIssues.has(k)) result.issues.push(keyIssues.get(k));
	}
	const merged = mergeValues(left.value, right.value);
	if (!merged.valid) {
		if (aborted(result)) return result;
		throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
	}
	result.value = merged.data;
	return result;
}
const $ZodTuple = /*@__PURE__*/ $constructor("$ZodTuple", (inst, def) => {
	$ZodType.init(inst, def);
	const items = def.items;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				input,
				inst,
				expected: "tuple",
				code: "invalid_type"
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, [], ctx) : [];
		const proms = [];
		const optinStart = getTupleOptStart(items, "optin");
		const optoutStart = getTupleOptStart(items, "optout");
		if (!def.rest) {
			if (input.length < optinStart) {
				payload.issues.push({
					code: "too_small",
					minimum: optinStart,
					inclusive: true,
					input,
					inst,
					origin: "array"
				});
				return payload;
			}
			if (input.length > items.length) payload.issues.push({
				code: "too_big",
				maximum: items.length,
				inclusive: true,
				input,
				inst,
				origin: "array"
			});
		}
		const itemResults = new Array(items.length);
		const abortEarly = def.rest ? ctx?.abortEarly : void 0;
		let itemAborted = false;
		for (let i = 0; i < items.length; i++) {
			const r = items[i]._zod.run({
				value: input[i],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((rr) => {
				itemResults[i] = rr;
			}));
			else {
				itemResults[i] = r;
				if (abortEarly && !itemAborted && r.issues.length) itemAborted = aborted(r);
			}
		}
		if (def.rest && !itemAborted) {
			let i = items.length - 1;
			const rest = input.slice(items.length);
			let seen = payload.issues.length;
			for (const el of rest) {
				if (abortEarly && payload.issues.length !== seen) {
					if (aborted(payload, seen)) break;
					seen = payload.issues.length;
				}
				i++;
				const result = def.rest._zod.run({
					value: el,
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((r) => handleTupleResult(r, payload, i)));
				else handleTupleResult(result, payload, i);
			}
		}
		if (proms.length) return Promise.all(proms).then(() => handleTupleResults(itemResults, payload, items, input, optoutStart));
		return handleTupleResults(itemResults, payload, items, input, optoutStart);
	};
});
function getTupleOptStart(items, key) {
	for (let i = items.length - 1; i >= 0; i--) if (!(key === "optin" ? items[i]._zod.optin !== void 0 : items[i]._zod.optout === "optional")) return i + 1;
	return 0;
}
function handleTupleResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
function handleTupleResults(itemResults, final, items, input, optoutStart) {
	for (let i = 0; i < items.length; i++) {
		const r = itemResults[i];
		const isPresent = i < input.length;
		if (!isPresent && i >= optoutStart && items[i]._zod.optin === "optional") {
			final.value.length = i;
			break;
		}
		if (r.issues.length) {
			if (!isPresent && i >= optoutStart) {
				final.value.length = i;
				break;
			}
			final.issues.push(...prefixIssues(i, r.issues));
		}
		final.value[i] = r.value;
	}
	for (let i = final.value.length - 1; i >= input.length; i--) if (items[i]._zod.optout === "optional" && final.value[i] === void 0) final.value.length = i;
	else break;
	return final;
}
const $ZodRecord = /*@__PURE__*/ $constructor("$ZodRecord", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isPlainObject(input)) {
			payload.issues.push({
				expected: "record",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		const proms = [];
		const values = def.keyType._zod.values;
		if (values && !def.partial) {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			const recordKeys = /* @__PURE__ */ new Set();
			for (const key of values) if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
				recordKeys.add(typeof key === "number" ? key.toString() : key);
				if (key === "__proto__") continue;
				const keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (keyResult.issues.length) {
					payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			let unrecognized;
			for (const key in input) if (!recordKeys.has(key)) {
				if (def.mode === "loose") {
					if (key === "__proto__") continue;
					payload.value[key] = input[key];
				} else {
					unrecognized = unrecognized ?? [];
					unrecognized.push(key);
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		} else {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			let unrecognized;
			for (const key of Reflect.ownKeys(input)) {
				if (key === "__proto__") continue;
				if (!Object.prototype.propertyIsEnumerable.call(input, key)) continue;
				let keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (typeof key === "string" && number$1.test(key) && keyResult.issues.length) {
					const retryResult = def.keyType._zod.run({
						value: Number(key),
						issues: []
					}, ctx);
					if (retryResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
					if (retryResult.issues.length === 0) keyResult = retryResult;
				}
				if (keyResult.issues.length) {
					if (def.mode === "loose") payload.value[key] = input[key];
					else if (values) {
						unrecognized = unrecognized ?? [];
						unrecognized.push(key);
					} else payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
});
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodTransform = /*@__PURE__*/ $constructor("$ZodTransform", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "optional";
	globalConfig.memoizer?.guard(inst);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		const _out = def.transform(payload.value, payload);
		if (ctx.async) return (_out instanceof Promise ? _out : Promise.resolve(_out)).then((output) => {
			payload.value = output;
			return payload;
		});
		if (_out instanceof Promise) throw new $ZodAsyncError();
		payload.value = _out;
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodExactOptional = /*@__PURE__*/ $constructor("$ZodExactOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
	inst._zod.parse = (payload, ctx) => {
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodDefault = /*@__PURE__*/ $constructor("$ZodDefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) {
			payload.value = def.defaultValue;
			/**
			* $ZodDefault returns the default value immediately in forward direction.
			* It doesn't pass the default value into the validator ("prefault"). There's no reason to pass the default value through validation. The validity of the default is enforced by TypeScript statically. Otherwise, it's the responsibility of the user to ensure the default is valid. In the case of pipes with divergent in/out types, you can specify the default on the `in` schema of your ZodPipe to set a "prefault" for the pipe.   */
			return payload;
		}
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleDefaultResult(result, def));
		return handleDefaultResult(result, def);
	};
});
function handleDefaultResult(payload, def) {
	if (payload.value === void 0) payload.value = def.defaultValue;
	return payload;
}
const $ZodPrefault = /*@__PURE__*/ $constructor("$ZodPrefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) payload.value = def.defaultValue;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNonOptional = /*@__PURE__*/ $constructor("$ZodNonOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => {
		const v = zod.def.innerType._zod.values;
		return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleNonOptionalResult(result, inst));
		return handleNonOptionalResult(result, inst);
	};
});
function handleNonOptionalResult(payload, inst) {
	if (!payload.issues.length && payload.value === void 0) payload.issues.push({
		code: "invalid_type",
		expected: "nonoptional",
		input: payload.value,
		inst
	});
	return payload;
}
function handleCatchResult(payload, result, def, ctx) {
	if (!result.issues.length) {
		payload.value = result.value;
		if (result.memo) payload.memo = true;
		return payload;
	}
	payload.value = def.catchValue({
		...result,
		value: payload.value,
		error: { issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())) },
		input: payload.value
	});
	return payload;
}
const $ZodCatch = /*@__PURE__*/ $constructor("$ZodCatch", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run({
			value: payload.value,
			issues: []
		}, ctx);
		if (result instanceof Promise) return result.then((result) => handleCatchResult(payload, result, def, ctx));
		return handleCatchResult(payload, result, def, ctx);
	};
});
const $ZodPipe = /*@__PURE__*/ $constructor("$ZodPipe", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") {
			const right = def.out._zod.run(payload, ctx);
			if (right instanceof Promise) return right.then((right) => handlePipeResult(right, def.in, ctx));
			return handlePipeResult(right, def.in, ctx);
		}
		const left = def.in._zod.run(payload, ctx);
		if (left instanceof Promise) return left.then((left) => handlePipeResult(left, def.out, ctx));
		return handlePipeResult(left, def.out, ctx);
	};
});
function handlePipeResult(left, next, ctx) {
	if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
		left.aborted = true;
		return left;
	}
	return next._zod.run({
		value: left.value,
		issues: left.issues
	}, ctx);
}
const $ZodReadonly = /*@__PURE__*/ $constructor("$ZodReadonly", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then(handleReadonlyResult);
		return handleReadonlyResult(result);
	};
});
function handleReadonlyResult(payload) {
	if (!payload.memo) payload.value = Object.freeze(payload.value);
	return payload;
}
const $ZodLazy = /*@__PURE__*/ $constructor("$ZodLazy", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazy(inst._zod, "innerType", () => {
		const d = def;
		if (!d._cachedInner) d._cachedInner = def.getter();
		return d._cachedInner;
	});
	defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
	defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
	defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? void 0);
	inst._zod.parse = (payload, ctx) => {
		return inst._zod.innerType._zod.run(payload, ctx);
	};
});
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}
// ../../main/node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
	constructor() {
		super(`Cannot parse a reference cycle that closes through a transform`);
		this.name = "ZodCyclicError";
	}
};
/** Keyed off the context object every schema in one parse call already shares. */
const STATE = "~memo";
const NO_ISSUES = [];
function isRef(value) {
	return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
	return issues.map((iss) => iss.path ? {
		...iss,
		path: iss.path.slice()
	} : { ...iss });
}
const recursive = /*@__PURE__*/ new WeakMap();
/** What the walk established, in order of certainty: ordered so the strongest answer among children wins. */
const NONE = 0;
const ASSUMED = 1;
const PROVEN = 2;
/** Whether this schema's subtree contains a cycle, so one parse can re-enter it. */
function isRecursive(inst, stack, resolve) {
	const cached = recursive.get(inst);
	if (cached !== void 0) return cached ? PROVEN : NONE;
	if (stack.has(inst)) return PROVEN;
	stack.add(inst);
	let result = NONE;
	const check = (child) => {
		if (result !== PROVEN && child?._zod) {
			const answer = isRecursive(child, stack, resolve);
			if (answer > result) result = answer;
		}
	};
	const shape = (sh, spread) => {
		let answer = NONE;
		for (const key of Reflect.ownKeys(sh)) {
			const desc = Object.getOwnPropertyDescriptor(sh, key);
			if (spread && !desc.enumerable) continue;
			const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE;
			if (child > answer) answer = child;
		}
		return answer;
	};
	const merge = (answer) => {
		if (answer > result) result = answer;
	};
	const def = inst._zod.def;
	switch (def.type) {
		case "object": {
			const raw = rawShape(def);
			merge(raw ? shape(raw, true) : ASSUMED);
			check(def.catchall);
			break;
		}
		case "array":
			check(def.element);
			break;
		case "tuple":
			for (const el of def.items) check(el);
			check(def.rest);
			break;
		case "record":
		case "map":
			check(def.keyType);
			check(def.valueType);
			break;
		case "set":
			check(def.valueType);
			break;
		case "union":
			for (const el of def.options) check(el);
			break;
		case "intersection":
			check(def.left);
			check(def.right);
			break;
		case "optional":
		case "nullable":
		case "default":
		case "prefault":
		case "catch":
		case "readonly":
		case "nonoptional":
		case "promise":
		case "success":
			check(def.innerType);
			break;
		case "pipe":
			check(def.in);
			check(def.out);
			break;
		case "function":
			check(def.input);
			check(def.output);
			break;
		case "lazy": {
			const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : void 0);
			merge(inner ? isRecursive(inner, stack, false) : ASSUMED);
			break;
		}
		case "template_literal":
		case "string":
		case "number":
		case "int":
		case "boolean":
		case "bigint":
		case "symbol":
		case "undefined":
		case "null":
		case "void":
		case "never":
		case "any":
		case "unknown":
		case "date":
		case "nan":
		case "enum":
		case "literal":
		case "file":
		case "transform":
		case "custom": break;
		default: for (const key in def) {
			const desc = Object.getOwnPropertyDescriptor(def, key);
			if (!desc || desc.get) continue;
			const value = desc.value;
			if (!value || typeof value !== "object") continue;
			if (value._zod) check(value);
			else if (Array.isArray(value)) for (const el of value) check(el);
		}
	}
	stack.delete(inst);
	return settle(inst, result);
}
/** An assumed answer must not outlive the resolution that settles it, so only a certain one is cached. */
function settle(inst, answer) {
	if (answer !== ASSUMED) recursive.set(inst, answer === PROVEN);
	return answer;
}
function bucketFor(state, inst) {
	let bucket = state.buckets.get(inst);
	if (!bucket) {
		bucket = /* @__PURE__ */ new WeakMap();
		state.buckets.set(inst, bucket);
	}
	return bucket;
}
let handoff;
const open = [];
const memo = {
	alloc(_inst, payload, empty) {
		const bucket = handoff;
		if (!bucket) return empty;
		handoff = void 0;
		const entry = {
			value: empty,
			issues: null
		};
		bucket.set(payload.value, entry);
		open.push(entry);
		return empty;
	},
	guard(inst) {
		var _a;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value)) throw new $ZodCyclicError();
				return base(payload, ctx);
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	},
	attach(inst) {
		var _a;
		let isRecursiveInst;
		let rechecked = false;
		let lastCtx;
		let lastBucket;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (isRecursiveInst === void 0) {
					const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
					if (walked === NONE) {
						inst._zod.parse = base;
						if (inst._zod.run === wrapped) inst._zod.run = base;
						return base(payload, ctx);
					}
					if (walked === PROVEN || rechecked) isRecursiveInst = true;
					else rechecked = true;
				}
				const input = payload.value;
				if (!isRef(input)) return base(payload, ctx);
				let state = ctx[STATE];
				if (!state) {
					state = {
						buckets: /* @__PURE__ */ new WeakMap(),
						backEdges: void 0
					};
					ctx[STATE] = state;
				}
				let bucket;
				if (lastCtx === ctx) bucket = lastBucket;
				else {
					bucket = bucketFor(state, inst);
					lastCtx = ctx;
					lastBucket = bucket;
				}
				const hit = bucket.get(input);
				if (hit) {
					payload.value = hit.value;
					if (hit.issues) {
						if (hit.issues.length) payload.issues.push(...cloneIssues(hit.issues));
					} else {
						payload.memo = true;
						state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
						state.backEdges.add(hit.value);
					}
					return payload;
				}
				handoff = bucket;
				const depth = open.length;
				const result = base(payload, ctx);
				handoff = void 0;
				const entry = open.length > depth ? open.pop() : void 0;
				if (result instanceof Promise) return result.then((r) => {
					if (entry) entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
					return r;
				});
				if (entry) entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
				return result;
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	}
};
/** The memoizer that gives containers cycle support. `zod` installs it by default; `zod/mini` opts in with `config({ memoizer: memoizer() })`. */
function memoizer() {
	return memo;
}
/** Whether this value is a node a back-edge resolved to before it finished. */
function isBackEdge(ctx, value) {
	const backEdges = ctx[STATE]?.backEdges;
	return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}
// ../../main/node_modules/zod/v4/locales/en.js
const error = () => {
	const Sizable = {
		string: {
			unit: "characters",
			verb: "to have"
		},
		file: {
			unit: "bytes",
			verb: "to have"
		},
		array: {
			unit: "items",
			verb: "to have"
		},
		set: {
			unit: "items",
			verb: "to have"
		},
		map: {
			unit: "entries",
			verb: "to have"
		}
	};
	function getSizing(origin) {
		return Sizable[origin] ?? null;
	}
	const FormatDictionary = {
		regex: "input",
		email: "email address",
		url: "URL",
		emoji: "emoji",
		uuid: "UUID",
		uuidv4: "UUIDv4",
		uuidv6: "UUIDv6",
		nanoid: "nanoid",
		guid: "GUID",
		cuid: "cuid",
		cuid2: "cuid2",
		ulid: "ULID",
		xid: "XID",
		ksuid: "KSUID",
		datetime: "ISO datetime",
		date: "ISO date",
		time: "ISO time",
		duration: "ISO duration",
		ipv4: "IPv4 address",
		ipv6: "IPv6 address",
		mac: "MAC address",
		cidrv4: "IPv4 range",
		cidrv6: "IPv6 range",
		base64: "base64-encoded string",
		base64url: "base64url-encoded string",
		json_string: "JSON string",
		e164: "E.164 number",
		currency_code: "currency code",
		credit_card: "credit card number",
		iban: "IBAN",
		jwt: "JWT",
		template_literal: "input"
	};
	const TypeDictionary = { nan: "NaN" };
	function getTypeName(type, input) {
		if (type === "number" && typeof input === "number" && !Number.isFinite(input)) return String(input);
		return TypeDictionary[type] ?? type;
	}
	return (issue) => {
		switch (issue.code) {
			case "invalid_type": return `Invalid input: expected ${getTypeName(issue.expected)}, received ${getTypeName(parsedType(issue.input), issue.input)}`;
			case "invalid_value":
				if (issue.values.length === 1) return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
				return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
			case "too_big": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
				return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
			}
			case "too_small": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
				return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
			}
			case "invalid_format": {
				const _issue = issue;
				if (_issue.format === "starts_with") return `Invalid string: must start with "${_issue.prefix}"`;
				if (_issue.format === "ends_with") return `Invalid string: must end with "${_issue.suffix}"`;
				if (_issue.format === "includes") return `Invalid string: must include "${_issue.includes}"`;
				if (_issue.format === "regex") return `Invalid string: must match pattern ${_issue.pattern}`;
				return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
			}
			case "not_multiple_of": return `Invalid number: must be a multiple of ${issue.divisor}`;
			case "unrecognized_keys": return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
			case "invalid_key": return `Invalid key in ${issue.origin}`;
			case "invalid_union":
				if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) return `Invalid discriminator value. Expected ${issue.options.map((o) => `'${o}'`).join(" | ")}`;
				if (issue.inclusive === false) return "Invalid input: more than one option matched";
				return "Invalid input";
			case "invalid_element": return `Invalid value in ${issue.origin}`;
			default: return `Invalid input`;
		}
	};
};
function en_default() {
	return { localeError: error() };
}
// ../../main/node_modules/zod/v4/core/registries.js
var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;
// ../../main/node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _email(Class, params) {
	return new Class({
		type: "string",
		format: "email",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _guid(Class, params) {
	return new Class({
		type: "string",
		format: "guid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v4",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v6",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v7",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _url(Class, params) {
	return new Class({
		type: "string",
		format: "url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _emoji(Class, params) {
	return new Class({
		type: "string",
		format: "emoji",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class, params) {
	return new Class({
		type: "string",
		format: "nanoid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link _cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
// @__NO_SIDE_EFFECTS__
function _cuid(Class, params) {
	return new Class({
		type: "string",
		format: "cuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class, params) {
	return new Class({
		type: "string",
		format: "cuid2",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class, params) {
	return new Class({
		type: "string",
		format: "ulid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _xid(Class, params) {
	return new Class({
		type: "string",
		format: "xid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class, params) {
	return new Class({
		type: "string",
		format: "ksuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class, params) {
	return new Class({
		type: "string",
		format: "ipv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class, params) {
	return new Class({
		type: "string",
		format: "ipv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64(Class, params) {
	return new Class({
		type: "string",
		format: "base64",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class, params) {
	return new Class({
		type: "string",
		format: "base64url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _e164(Class, params) {
	return new Class({
		type: "string",
		format: "e164",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class, params) {
	return new Class({
		type: "string",
		format: "jwt",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class, params) {
	return new Class({
		type: "string",
		format: "date",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class, params) {
	return new Class({
		type: "string",
		format: "time",
		check: "string_format",
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class, params) {
	return new Class({
		type: "string",
		format: "duration",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		checks: [],
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _null$1(Class, params) {
	return new Class({
		type: "null",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
	return new Class({ type: "unknown" });
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
	return new Class({
		type: "never",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
	return new $ZodCheckMultipleOf({
		check: "multiple_of",
		...normalizeParams(params),
		value
	});
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
	return new $ZodCheckMaxLength({
		check: "max_length",
		...normalizeParams(params),
		maximum
	});
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
	return new $ZodCheckLengthEquals({
		check: "length_equals",
		...normalizeParams(params),
		length
	});
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
	return new $ZodCheckLowerCase({
		check: "string_format",
		format: "lowercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
	return new $ZodCheckUpperCase({
		check: "string_format",
		format: "uppercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
	return new $ZodCheckIncludes({
		check: "string_format",
		format: "includes",
		...normalizeParams(params),
		includes
	});
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
	return new $ZodCheckStartsWith({
		check: "string_format",
		format: "starts_with",
		...normalizeParams(params),
		prefix
	});
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
	return new $ZodCheckEndsWith({
		check: "string_format",
		format: "ends_with",
		...normalizeParams(params),
		suffix
	});
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
	return new $ZodCheckOverwrite({
		check: "overwrite",
		tx
	});
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
	return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
	return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
	return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class, element, params) {
	return new Class({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
	});
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
	const ch = /* @__PURE__ */ _check((payload) => {
		payload.addIssue = (issue$2) => {
			if (typeof issue$2 === "string") payload.issues.push(issue(issue$2, payload.value, ch._zod.def));
			else {
				const _issue = issue$2;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = ch);
				_issue.continue ?? (_issue.continue = !ch._zod.def.abort);
				payload.issues.push(issue(_issue));
			}
		};
		return fn(payload.value, payload);
	}, params);
	return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
	const ch = new $ZodCheck({
		check: "custom",
		...normalizeParams(params)
	});
	ch._zod.check = fn;
	return ch;
}
// ../../main/node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
	for (const source of sources) for (const key of Reflect.ownKeys(source)) if (Object.prototype.propertyIsEnumerable.call(source, key)) assignProp(target, key, source[key]);
	return target;
}
function initializeContext(params) {
	let target = params?.target ?? "draft-2020-12";
	if (target === "draft-4") target = "draft-04";
	if (target === "draft-7") target = "draft-07";
	return {
		processors: params.processors ?? {},
		metadataRegistry: params?.metadata ?? globalRegistry,
		target,
		unrepresentable: params?.unrepresentable ?? "throw",
		override: params?.override ?? (() => {}),
		io: params?.io ?? "output",
		counter: 0,
		seen: /* @__PURE__ */ new Map(),
		sharedDefsExtractedFor: void 0,
		sharedEmitDoneFor: void 0,
		cycles: params?.cycles ?? "ref",
		reused: params?.reused ?? "inline",
		intersections: [],
		deferred: [],
		external: params?.external ?? void 0
	};
}
/**
* Applies the `unrepresentable` setting at a site that has no JSON Schema equivalent. Throws
* `message` unless the setting (or the handler's return value) says otherwise. Returns `true` if a
* custom JSON Schema was written into `json`, in which case the caller must not write its own.
*/
function handleUnrepresentable(schema, ctx, json, params, message) {
	const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({
		zodSchema: schema,
		path: params.path,
		message
	}) : ctx.unrepresentable;
	if (result === "any") return false;
	if (result === void 0 || result === "throw") throw new Error(message);
	Object.assign(json, result);
	return true;
}
function processSchema(schema, ctx, _params = {
	path: [],
	schemaPath: []
}) {
	var _a;
	const def = schema._zod.def;
	const seen = ctx.seen.get(schema);
	if (seen) {
		seen.count++;
		if (_params.schemaPath.includes(schema)) seen.cycle = _params.path;
		return seen.schema;
	}
	const result = {
		schema: {},
		count: 1,
		cycle: void 0,
		path: _params.path
	};
	ctx.seen.set(schema, result);
	ctx.sharedDefsExtractedFor = void 0;
	ctx.sharedEmitDoneFor = void 0;
	const overrideSchema = schema._zod.toJSONSchema?.();
	if (overrideSchema) result.schema = overrideSchema;
	else {
		const params = {
			..._params,
			schemaPath: [..._params.schemaPath, schema],
			path: _params.path
		};
		if (schema._zod.processJSONSchema) schema._zod.processJSONSchema(ctx, result.schema, params);
		else {
			const _json = result.schema;
			const processor = ctx.processors[def.type];
			if (!processor) throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
			processor(schema, ctx, _json, params);
		}
		const parent = schema._zod.parent;
		if (parent) {
			if (!result.ref) result.ref = parent;
			processSchema(parent, ctx, params);
			ctx.seen.get(parent).isParent = true;
		}
	}
	const meta = ctx.metadataRegistry.get(schema);
	if (meta) assignProps(result.schema, meta);
	if (ctx.io === "input" && isTransforming(schema)) {
		delete result.schema.examples;
		delete result.schema.default;
	}
	if (ctx.io === "input" && "_prefault" in result.schema) (_a = result.schema).default ?? (_a.default = result.schema._prefault);
	delete result.schema._prefault;
	return ctx.seen.get(schema).schema;
}
function encodeJSONPointerSegment(segment) {
	return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external) return;
	const idToSchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.entries()) {
		const id = ctx.metadataRegistry.get(entry[0])?.id;
		if (id) {
			const existing = idToSchema.get(id);
			if (existing && existing !== entry[0]) throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
			idToSchema.set(id, entry[0]);
		}
	}
	const makeURI = (entry) => {
		const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
		if (ctx.external) {
			const externalId = ctx.external.registry.get(entry[0])?.id;
			const uriGenerator = ctx.external.uri ?? ((id) => id);
			if (externalId) return { ref: uriGenerator(externalId) };
			const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
			entry[1].defId = id;
			return {
				defId: id,
				ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}`
			};
		}
		const uriPrefix = `#`;
		const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
		if (entry[1] === root && !entry[1].schema.id) return { ref: uriPrefix };
		const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
		return {
			defId,
			ref: defUriPrefix + encodeJSONPointerSegment(defId)
		};
	};
	const extractToDef = (entry) => {
		if (entry[1].schema.$ref) return;
		const seen = entry[1];
		const { ref, defId } = makeURI(entry);
		seen.def = { ...seen.schema };
		if (defId) seen.defId = defId;
		const schema = seen.schema;
		for (const key in schema) delete schema[key];
		schema.$ref = ref;
	};
	if (ctx.cycles === "throw") for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.cycle) throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
	}
	for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (schema === entry[0]) {
			extractToDef(entry);
			continue;
		}
		if (ctx.external) {
			const ext = ctx.external.registry.get(entry[0])?.id;
			if (schema !== entry[0] && ext) {
				extractToDef(entry);
				continue;
			}
		}
		if (ctx.metadataRegistry.get(entry[0])?.id) {
			extractToDef(entry);
			continue;
		}
		if (seen.cycle) {
			extractToDef(entry);
			continue;
		}
		if (seen.count > 1) {
			if (ctx.reused === "ref") extractToDef(entry);
		}
	}
	if (ctx.external) ctx.sharedDefsExtractedFor = ctx.external;
}
/** Rewrites `anyOf: [{type: "a"}, {type: "b"}]` to `type: ["a", "b"]`, which every JSON Schema draft treats as equivalent and most consumers render far better for the nullable case. Only branches that are a bare type assertion qualify — anything carrying a constraint, `$ref`, `const` or metadata is left alone. Runs after `flattenRef`, so a branch an override decorated or `$defs` extraction turned into a `$ref` is no longer bare and correctly stays in `anyOf`. `oneOf` is excluded: `integer` and `number` overlap, so "exactly one" and "at least one" are not the same there. OpenAPI 3.0 is excluded: its `type` must be a single string. */
function compactTypeUnion(schema) {
	const options = schema.anyOf;
	if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0) return;
	const types = [];
	for (const option of options) {
		if (!option || typeof option !== "object") return;
		compactTypeUnion(option);
		const keys = Object.keys(option);
		if (keys.length !== 1 || keys[0] !== "type") return;
		const type = option.type;
		for (const member of Array.isArray(type) ? type : [type]) {
			if (typeof member !== "string") return;
			if (!types.includes(member)) types.push(member);
		}
	}
	delete schema.anyOf;
	schema.type = types.length === 1 ? types[0] : types;
}
/** Keywords `foldIntersection` knows how to combine. Anything else — `$ref`, `patternProperties`,
* an annotation like `description` — makes a member unfoldable, so a constraint this does not
* understand leaves the `allOf` alone instead of being silently dropped or misattributed. */
const FOLDABLE_KEYS = /* @__PURE__ */ new Set([
	"type",
	"properties",
	"required",
	"additionalProperties"
]);
const UNION_KEYS = ["oneOf", "anyOf"];
/** A member's constraint on a key it does not declare itself. A `catchall` states one; `false`, an absent `additionalProperties`, and the empty schema a loose object emits state nothing. */
function undeclaredConstraint(member) {
	const extra = member.additionalProperties;
	if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null) return null;
	return Object.keys(extra).length ? extra : null;
}
/** Combines object members into the single object they describe together, or returns `null` if any of them carries a keyword outside {@link FOLDABLE_KEYS}. */
function foldObjects(members) {
	const objects = [];
	for (const member of members) {
		if (typeof member !== "object" || member.type !== "object") return null;
		for (const key in member) if (!FOLDABLE_KEYS.has(key)) return null;
		objects.push(member);
	}
	const properties = {};
	const required = /* @__PURE__ */ new Set();
	for (const object of objects) {
		for (const key in object.properties) {
			if (Object.prototype.hasOwnProperty.call(properties, key)) continue;
			const parts = [];
			for (const other of objects) {
				const part = other.properties?.[key] ?? undeclaredConstraint(other);
				if (part === null || part === void 0) continue;
				if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part))) parts.push(part);
			}
			assignProp(properties, key, parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts });
		}
		for (const key of object.required ?? []) required.add(key);
	}
	const folded = {
		type: "object",
		properties
	};
	if (required.size) folded.required = [...required];
	if (objects.every((object) => object.additionalProperties === false)) folded.additionalProperties = false;
	else {
		const constraints = [];
		for (const object of objects) {
			const constraint = undeclaredConstraint(object);
			if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint))) constraints.push(constraint);
		}
		if (constraints.length === 1) folded.additionalProperties = constraints[0];
		else if (constraints.length > 1) folded.additionalProperties = { allOf: constraints };
	}
	return folded;
}
/** `additionalProperties` in an `allOf` member sees only that member's own `properties`, so two
* closed object members reject each other's keys and the schema validates nothing. Zod's parser
* pools the key sets instead — `handleIntersectionResults` reports a key as unrecognized only when
* *every* side rejects it — so the emitted schema has to pool them too, and folding the members
* into one object is the encoding that says so on every target.
*
* This runs from `finalize`, after `extractDefs`, which is what keeps it clear of the `$ref`
* machinery: a member extracted into `$defs` is already a `$ref` by now and declines to fold, so it
* keeps its reference and its own closedness rather than being inlined as a stale copy. */
function foldIntersection(json) {
	const allOf = json.allOf;
	if (!Array.isArray(allOf) || allOf.length < 2) return;
	for (const key of FOLDABLE_KEYS) if (key in json) return;
	const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
	let folded = null;
	if (!unions.length) folded = foldObjects(allOf);
	else {
		const union = unions[0];
		const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
		if (Object.keys(union).length !== 1) return;
		const rest = allOf.filter((m) => m !== union);
		const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
		if (branches.some((b) => !b)) return;
		folded = { [keyword]: branches };
	}
	if (!folded) return;
	delete json.allOf;
	assignProps(json, folded);
}
function finalize(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	const flattenRef = (zodSchema) => {
		const seen = ctx.seen.get(zodSchema);
		if (seen.ref === null) return;
		const schema = seen.def ?? seen.schema;
		const _cached = { ...schema };
		const ref = seen.ref;
		seen.ref = null;
		if (ref) {
			flattenRef(ref);
			const refSeen = ctx.seen.get(ref);
			const refSchema = refSeen.schema;
			if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
				schema.allOf = schema.allOf ?? [];
				schema.allOf.push(refSchema);
			} else assignProps(schema, refSchema);
			assignProps(schema, _cached);
			if (zodSchema._zod.parent === ref) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (!(key in _cached)) delete schema[key];
			}
			if (refSchema.$ref && refSeen.def) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) delete schema[key];
			}
		}
		const parent = zodSchema._zod.parent;
		if (parent && parent !== ref) {
			flattenRef(parent);
			const parentSeen = ctx.seen.get(parent);
			if (parentSeen?.schema.$ref) {
				schema.$ref = parentSeen.schema.$ref;
				if (parentSeen.def) for (const key in schema) {
					if (key === "$ref" || key === "allOf") continue;
					if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) delete schema[key];
				}
			}
		}
		ctx.override({
			zodSchema,
			jsonSchema: schema,
			path: seen.path ?? []
		});
	};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
		for (const entry of [...ctx.seen.entries()].reverse()) flattenRef(entry[0]);
		if (ctx.target !== "openapi-3.0") for (const entry of ctx.seen.entries()) compactTypeUnion(entry[1].def ?? entry[1].schema);
		for (const rewrite of ctx.deferred) rewrite();
		if (ctx.intersections.length) {
			const carriers = /* @__PURE__ */ new Map();
			for (const seen of ctx.seen.values()) for (const json of [seen.schema, seen.def]) {
				const allOf = json?.allOf;
				if (!Array.isArray(allOf)) continue;
				const existing = carriers.get(allOf);
				if (existing) existing.push(json);
				else carriers.set(allOf, [json]);
			}
			for (const allOf of ctx.intersections) for (const json of carriers.get(allOf) ?? []) foldIntersection(json);
		}
	}
	const result = {};
	if (ctx.target === "draft-2020-12") result.$schema = "https://json-schema.org/draft/2020-12/schema";
	else if (ctx.target === "draft-07") result.$schema = "http://json-schema.org/draft-07/schema#";
	else if (ctx.target === "draft-04") result.$schema = "http://json-schema.org/draft-04/schema#";
	else if (ctx.target === "openapi-3.0") {}
	if (ctx.external?.uri) {
		const id = ctx.external.registry.get(schema)?.id;
		if (!id) throw new Error("Schema is missing an `id` property");
		result.$id = ctx.external.uri(id);
	}
	assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
	const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
	if (rootMetaId !== void 0 && result.id === rootMetaId) delete result.id;
	const defs = ctx.external?.defs ?? {};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.def && seen.defId) {
			if (seen.def.id === seen.defId) delete seen.def.id;
			assignProp(defs, seen.defId, seen.def);
		}
	}
	if (ctx.external) ctx.sharedEmitDoneFor = ctx.external;
	if (ctx.external) {} else if (Object.keys(defs).length > 0) {
		if (ctx.target === "draft-2020-12") result.$defs = defs;
		else result.definitions = defs;
	}
	try {
		const finalized = JSON.parse(JSON.stringify(result));
		Object.defineProperty(finalized, "~standard", {
			value: {
				...schema["~standard"],
				jsonSchema: {
					input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
					output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
				}
			},
			enumerable: false,
			writable: false
		});
		return finalized;
	} catch (_err) {
		throw new Error("Error converting schema to JSON.");
	}
}
function isTransforming(_schema, _ctx) {
	const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
	if (ctx.seen.has(_schema)) return false;
	ctx.seen.add(_schema);
	const def = _schema._zod.def;
	if (def.type === "transform") return true;
	if (def.type === "array") return isTransforming(def.element, ctx);
	if (def.type === "set") return isTransforming(def.valueType, ctx);
	if (def.type === "lazy") return isTransforming(def.getter(), ctx);
	if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") return isTransforming(def.innerType, ctx);
	if (def.type === "intersection") return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
	if (def.type === "record" || def.type === "map") return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
	if (def.type === "pipe") {
		if (_schema._zod.traits.has("$ZodCodec")) return true;
		return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
	}
	if (def.type === "object") {
		for (const key in def.shape) if (isTransforming(def.shape[key], ctx)) return true;
		return false;
	}
	if (def.type === "union") {
		for (const option of def.options) if (isTransforming(option, ctx)) return true;
		return false;
	}
	if (def.type === "tuple") {
		for (const item of def.items) if (isTransforming(item, ctx)) return true;
		if (def.rest && isTransforming(def.rest, ctx)) return true;
		return false;
	}
	return false;
}
/**
* Creates a toJSONSchema method for a schema instance.
* This encapsulates the logic of initializing context, processing, extracting defs, and finalizing.
*/
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
	const ctx = initializeContext({
		...params,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
	const { libraryOptions, target } = params ?? {};
	const ctx = initializeContext({
		...libraryOptions ?? {},
		target,
		io,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
// ../../main/node_modules/zod/v4/core/json-schema-processors.js
const narrowMin = (agg, key, value) => {
	if (agg[key] === void 0 || value > agg[key]) agg[key] = value;
};
const narrowMax = (agg, key, value) => {
	if (agg[key] === void 0 || value < agg[key]) agg[key] = value;
};
const narrowBoth = (agg, value) => {
	narrowMin(agg, "minimum", value);
	narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
	agg.multipleOf ?? (agg.multipleOf = []);
	if (!agg.multipleOf.includes(value)) agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
	agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
	agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
	agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
const setFormat = (agg, format) => {
	agg.format = format;
	if (format.includes("int")) agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
	setFormat(agg, def.format);
	const [minimum, maximum] = ranges[def.format];
	narrowMin(agg, "minimum", minimum);
	narrowMax(agg, "maximum", maximum);
};
const contributors = {
	greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
	less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
	multiple_of: (agg, def) => addDivisor(agg, def.value),
	number_format: formatContributor(NUMBER_FORMAT_RANGES),
	bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
	min_length: minContributor,
	max_length: maxContributor,
	length_equals: (agg, def) => narrowBoth(agg, def.length),
	min_size: minContributor,
	max_size: maxContributor,
	size_equals: (agg, def) => narrowBoth(agg, def.size),
	string_format: (agg, def) => {
		setFormat(agg, def.format);
		if (def.pattern) addPattern(agg, def.pattern);
		if (def.format === "base64" || def.format === "base64url") agg.contentEncoding = def.format;
		if (def.local || def.precision === -1) agg.laxFormat = true;
	},
	mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
	const agg = {};
	const def = schema._zod.def;
	const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
	for (const ch of list) contributors[ch._zod.def.check]?.(agg, ch._zod.def);
	const bag = schema._zod.bag;
	if (bag.minimum !== void 0) narrowMin(agg, "minimum", bag.minimum);
	if (bag.exclusiveMinimum !== void 0) narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
	if (bag.maximum !== void 0) narrowMax(agg, "maximum", bag.maximum);
	if (bag.exclusiveMaximum !== void 0) narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
	if (bag.multipleOf !== void 0) addDivisor(agg, bag.multipleOf);
	if (bag.format !== void 0) {
		agg.format ?? (agg.format = bag.format);
		if (bag.format.includes("int")) agg.isInt = true;
	}
	if (bag.mime) intersectMime(agg, bag.mime);
	for (const pattern of bag.patterns ?? []) addPattern(agg, pattern);
	return agg;
}
const formatMap = {
	guid: "uuid",
	url: "uri",
	datetime: "date-time",
	json_string: "json-string",
	regex: ""
};
const exactPatterns = /* @__PURE__ */ new Map([[base64Charset, base64], [base64urlCharset, base64url]]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
	const json = _json;
	json.type = "string";
	const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minLength = minimum;
	if (typeof maximum === "number") json.maxLength = maximum;
	if (format) {
		json.format = formatMap[format] ?? format;
		if (json.format === "") delete json.format;
		if (format === "time" || laxFormat) delete json.format;
	}
	if (contentEncoding) json.contentEncoding = contentEncoding;
	if (patterns && patterns.size > 0) {
		const patternList = [...patterns].map(exactPattern);
		if (patternList.length === 1) json.pattern = patternList[0].source;
		else if (patternList.length > 1) json.allOf = [...patternList.map((regex) => ({
			...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
			pattern: regex.source
		}))];
	}
};
const numberProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
	json.type = isInt ? "integer" : "number";
	const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
	const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
	const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
	if (exMin) {
		if (legacy) {
			json.minimum = exclusiveMinimum;
			json.exclusiveMinimum = true;
		} else json.exclusiveMinimum = exclusiveMinimum;
	} else if (typeof minimum === "number") json.minimum = minimum;
	if (exMax) {
		if (legacy) {
			json.maximum = exclusiveMaximum;
			json.exclusiveMaximum = true;
		} else json.exclusiveMaximum = exclusiveMaximum;
	} else if (typeof maximum === "number") json.maximum = maximum;
	if (multipleOf) {
		const divisors = /* @__PURE__ */ new Set();
		for (const divisor of multipleOf) if (Number.isFinite(divisor) && divisor !== 0) divisors.add(Math.abs(divisor));
		else handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
		const [first, ...rest] = divisors;
		if (first !== void 0) json.multipleOf = first;
		if (rest.length) json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
	}
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const nullProcessor = (_schema, ctx, json, _params) => {
	if (ctx.target === "openapi-3.0") {
		json.type = "string";
		json.nullable = true;
		json.enum = [null];
	} else json.type = "null";
};
const neverProcessor = (_schema, _ctx, json, _params) => {
	json.not = {};
};
const enumProcessor = (schema, _ctx, json, _params) => {
	const def = schema._zod.def;
	const values = getEnumValues(def.entries);
	if (values.length === 0) {
		json.not = {};
		return;
	}
	if (values.every((v) => typeof v === "number")) json.type = "number";
	if (values.every((v) => typeof v === "string")) json.type = "string";
	json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	if (def.values.length === 0) {
		json.not = {};
		return;
	}
	const vals = [];
	for (const val of def.values) if (val === void 0) {
		if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema")) return;
	} else if (typeof val === "bigint") {
		if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema")) return;
		vals.push(Number(val));
	} else vals.push(val);
	if (vals.length === 0) {} else if (vals.length === 1) {
		const val = vals[0];
		json.type = val === null ? "null" : typeof val;
		if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") json.enum = [val];
		else json.const = val;
	} else {
		if (vals.every((v) => typeof v === "number")) json.type = "number";
		if (vals.every((v) => typeof v === "string")) json.type = "string";
		if (vals.every((v) => typeof v === "boolean")) json.type = "boolean";
		if (vals.every((v) => v === null)) json.type = "null";
		json.enum = vals;
	}
};
const customProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const arrayProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
	json.type = "array";
	json.items = processSchema(def.element, ctx, {
		...params,
		path: [...params.path, "items"]
	});
};
function inputOptin(schema) {
	const def = schema._zod.def;
	if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) return inputOptin(def.out);
	if (def.type === "catch") return inputOptin(def.innerType);
	return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const shape = def.shape;
	if (Object.getOwnPropertySymbols(shape).length && handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) return;
	json.type = "object";
	json.properties = {};
	for (const key in shape) assignProp(json.properties, key, processSchema(shape[key], ctx, {
		...params,
		path: [
			...params.path,
			"properties",
			key
		]
	}));
	const requiredKeys = [];
	for (const key of Object.keys(shape)) {
		const field = def.shape[key];
		if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) requiredKeys.push(key);
	}
	if (requiredKeys.length > 0) json.required = requiredKeys;
	if (def.catchall?._zod.def.type === "never") json.additionalProperties = false;
	else if (!def.catchall) {
		if (ctx.io === "output") json.additionalProperties = false;
	} else if (def.catchall) json.additionalProperties = processSchema(def.catchall, ctx, {
		...params,
		path: [...params.path, "additionalProperties"]
	});
};
const unionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const isExclusive = def.inclusive === false;
	const options = def.options.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			isExclusive ? "oneOf" : "anyOf",
			i
		]
	}));
	if (isExclusive) json.oneOf = options;
	else json.anyOf = options;
};
const intersectionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const a = processSchema(def.left, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			0
		]
	});
	const b = processSchema(def.right, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			1
		]
	});
	const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
	const allOf = [...isSimpleIntersection(a) ? a.allOf : [a], ...isSimpleIntersection(b) ? b.allOf : [b]];
	json.allOf = allOf;
	ctx.intersections.push(allOf);
};
const tupleProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "array";
	const prefixPath = ctx.target === "draft-2020-12" ? "prefixItems" : "items";
	const restPath = ctx.target === "draft-2020-12" ? "items" : ctx.target === "openapi-3.0" ? "items" : "additionalItems";
	const prefixItems = def.items.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			prefixPath,
			i
		]
	}));
	const rest = def.rest ? processSchema(def.rest, ctx, {
		...params,
		path: [
			...params.path,
			restPath,
			...ctx.target === "openapi-3.0" ? [def.items.length] : []
		]
	}) : null;
	let minItems = def.items.length;
	while (minItems > 0) {
		const item = def.items[minItems - 1];
		if (!(ctx.io === "input" ? inputOptin(item) !== void 0 : item._zod.optout === "optional")) break;
		minItems--;
	}
	const maxItems = def.items.length;
	const isClosed = !def.rest;
	if (ctx.target === "draft-2020-12") {
		json.prefixItems = prefixItems;
		if (isClosed) json.items = false;
		else if (rest) json.items = rest;
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	} else if (ctx.target === "openapi-3.0") {
		json.items = { anyOf: prefixItems };
		if (rest) json.items.anyOf.push(rest);
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	} else {
		json.items = prefixItems;
		if (isClosed) json.additionalItems = false;
		else if (rest) json.additionalItems = rest;
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	}
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
};
/** JSON object keys are always strings, so a numeric record key schema is re-expressed over the
* numeric-string form the record parser matches. Deferred to `finalize`, after the flatten: a key
* behind a wrapper only carries its own `type` before then, and a union key only has its branches.
*
* A numeric bound cannot apply to a property name, so `minimum` and its siblings are dropped rather
* than carried over: keeping them beside `type: "string"` reproduces the match-nothing schema this
* exists to fix. A key that carries one therefore emits wider than the record parses — `z.record(z.number().min(5), V)`
* accepts `"3"` — which is the deliberate trade, since throwing on it would reject an ordinary schema
* outright. */
function stringifyKeyNames(bySchema, json, visited) {
	if (json.$ref) {
		if (visited.has(json)) return json;
		visited.add(json);
		const def = bySchema.get(json)?.def;
		if (!def) return json;
		const inlined = stringifyKeyNames(bySchema, def, visited);
		return inlined === def ? json : inlined;
	}
	for (const keyword of ["anyOf", "oneOf"]) {
		const branches = json[keyword];
		if (!Array.isArray(branches)) continue;
		const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
		if (mapped.some((branch, i) => branch !== branches[i])) json = {
			...json,
			[keyword]: mapped
		};
	}
	const types = Array.isArray(json.type) ? json.type : [json.type];
	const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
	const values = json.enum ?? (json.const !== void 0 ? [json.const] : void 0);
	if (!numericType && !values?.some((v) => typeof v === "number")) return json;
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id, ...rest } = json;
	if (rest.enum) rest.enum = rest.enum.map((v) => typeof v === "number" ? String(v) : v);
	else if (typeof rest.const === "number") rest.const = String(rest.const);
	if (!numericType) return rest;
	rest.type = "string";
	if (!values) rest.pattern = (types.includes("number") ? number$1 : integer).source;
	return rest;
}
/** Every record of one conversion, so the carriers are found in a single pass rather than once per record. */
const pendingRecords = /* @__PURE__ */ new WeakMap();
function rewriteKeyNames(ctx) {
	const bySchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.values()) if (entry.def && !bySchema.has(entry.schema)) bySchema.set(entry.schema, entry);
	const rewrites = /* @__PURE__ */ new Map();
	for (const record of pendingRecords.get(ctx) ?? []) {
		const seen = ctx.seen.get(record);
		const names = (seen?.def ?? seen?.schema)?.propertyNames;
		if (!names || names === true || rewrites.has(names)) continue;
		const rewritten = stringifyKeyNames(bySchema, names, /* @__PURE__ */ new Set());
		if (rewritten !== names) rewrites.set(names, rewritten);
	}
	if (!rewrites.size) return;
	for (const entry of ctx.seen.values()) for (const carrier of [entry.schema, entry.def]) {
		const rewritten = carrier && rewrites.get(carrier.propertyNames);
		if (rewritten) carrier.propertyNames = rewritten;
	}
}
const recordProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "object";
	const keyType = def.keyType;
	const patterns = aggregateChecks(keyType).patterns;
	if (def.mode === "loose" && patterns && patterns.size > 0) {
		const valueSchema = processSchema(def.valueType, ctx, {
			...params,
			path: [
				...params.path,
				"patternProperties",
				"*"
			]
		});
		json.patternProperties = {};
		for (const pattern of patterns) assignProp(json.patternProperties, exactPattern(pattern).source, valueSchema);
	} else {
		if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
			json.propertyNames = processSchema(def.keyType, ctx, {
				...params,
				path: [...params.path, "propertyNames"]
			});
			let pending = pendingRecords.get(ctx);
			if (!pending) {
				pending = [];
				pendingRecords.set(ctx, pending);
				ctx.deferred.push(() => rewriteKeyNames(ctx));
			}
			pending.push(schema);
		}
		json.additionalProperties = processSchema(def.valueType, ctx, {
			...params,
			path: [...params.path, "additionalProperties"]
		});
	}
	const keyValues = keyType._zod.values;
	const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== void 0;
	if (keyValues && !def.partial && !omittableOnInput) {
		const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
		if (validKeyValues.length > 0) json.required = validKeyValues.map(String);
	}
};
const nullableProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const inner = processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	if (ctx.target === "openapi-3.0") {
		seen.ref = def.innerType;
		json.nullable = true;
	} else json.anyOf = [inner, { type: "null" }];
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
/** Round-trips a default value through JSON so the emitted schema is guaranteed to be valid JSON.
* A BigInt has no reliable encoding, so it goes through `unrepresentable` like any other
* unrepresentable value. Returns a sentinel when the caller must not write a default of its own. */
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
	let unrepresentable = false;
	const serialized = JSON.stringify(value, (_, val) => {
		if (typeof val !== "bigint") return val;
		unrepresentable = true;
		return null;
	});
	if (!unrepresentable) return JSON.parse(serialized);
	handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
	return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	if (ctx.io !== "input") return;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	let catchValue;
	try {
		catchValue = def.catchValue(void 0);
	} catch {
		handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
		return;
	}
	json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	const inIsTransform = def.in._zod.traits.has("$ZodTransform");
	const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	json.readOnly = true;
};
const optionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
const lazyProcessor = (schema, ctx, _json, params) => {
	const innerType = schema._zod.innerType;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
// ../../main/node_modules/zod/v4/classic/errors.js
const _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
	Object.defineProperty(proto, key, {
		configurable: true,
		enumerable: false,
		get() {
			const value = make(this);
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
			return value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
		}
	});
}
const initializer = (inst, issues) => {
	$ZodError.init(inst, issues);
	inst.name = "ZodError";
	const proto = Object.getPrototypeOf(inst);
	if (_installedErrorProtos.has(proto)) return;
	_installedErrorProtos.add(proto);
	_lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
	_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
	_lazyMethod(proto, "addIssue", (self) => (issue) => {
		self.issues.push(issue);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	_lazyMethod(proto, "addIssues", (self) => (issues) => {
		self.issues.push(...issues);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	Object.defineProperty(proto, "isEmpty", {
		configurable: true,
		enumerable: false,
		get() {
			return this.issues.length === 0;
		}
	});
};
const ZodRealError = /*@__PURE__*/ $constructor("ZodError", initializer, void 0, { Parent: Error });
// ../../main/node_modules/zod/v4/classic/parse.js
const parse = /* @__PURE__ */ _parse(ZodRealError);
const parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
const safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
const safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
const encode = /* @__PURE__ */ _encode(ZodRealError);
const decode = /* @__PURE__ */ _decode(ZodRealError);
const encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
const decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
const safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
const safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
const safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
const safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);
// ../../main/node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
	if (!globalConfig.localeError) config(en_default());
}
function _ensureDefaultMemoizer() {
	if (!globalConfig.memoizer) config({ memoizer: memoizer() });
}
const ZodType = /*@__PURE__*/ $constructor("ZodType", (inst, def) => {
	_ensureDefaultLocale();
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
	return inst;
}, {
	check(...chks) {
		const def = this.def;
		return this.clone(mergeDefs(def, { checks: [...def.checks ?? [], ...chks.map((ch) => typeof ch === "function" ? { _zod: {
			check: ch,
			def: { check: "custom" },
			onattach: []
		} } : ch)] }), { parent: true });
	},
	with(...chks) {
		return this.check(...chks);
	},
	clone(def, params) {
		return clone(this, def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	refine(check, params) {
		return this.check(refine(check, params));
	},
	superRefine(refinement, params) {
		return this.check(superRefine(refinement, params));
	},
	overwrite(fn) {
		return this.check(/* @__PURE__ */ _overwrite(fn));
	},
	optional() {
		return optional(this);
	},
	exactOptional() {
		return exactOptional(this);
	},
	nullable() {
		return nullable(this);
	},
	nullish() {
		return optional(nullable(this));
	},
	nonoptional(params) {
		return nonoptional(this, params);
	},
	array() {
		return array(this);
	},
	or(arg) {
		return union([this, arg]);
	},
	and(arg) {
		return intersection(this, arg);
	},
	transform(tx) {
		return pipe(this, transform(tx));
	},
	default(d) {
		return _default(this, d);
	},
	prefault(d) {
		return prefault(this, d);
	},
	catch(params) {
		return _catch(this, params);
	},
	pipe(target) {
		return pipe(this, target);
	},
	readonly() {
		return readonly(this);
	},
	describe(description) {
		const cl = this.clone();
		globalRegistry.add(cl, { description });
		return cl;
	},
	meta(...args) {
		if (args.length === 0) return globalRegistry.get(this);
		const cl = this.clone();
		globalRegistry.add(cl, args[0]);
		return cl;
	},
	isOptional() {
		return this.safeParse(void 0).success;
	},
	isNullable() {
		return this.safeParse(null).success;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	},
	get "~standard"() {
		return hide(this, "~standard", {
			...standardProps(this),
			jsonSchema: {
				input: createStandardJSONSchemaMethod(this, "input"),
				output: createStandardJSONSchemaMethod(this, "output")
			}
		});
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	},
	parse: function _parse(data, params) {
		return parse(this, data, params, { callee: _parse });
	},
	parseAsync: async function _parseAsync(data, params) {
		return await parseAsync(this, data, params, { callee: _parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	async safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	get spa() {
		return this?.safeParseAsync;
	},
	set spa(value) {
		own(this, "spa", value);
	},
	validate(data, params) {
		return validate(this, data, params);
	},
	validateAsync(data, params) {
		return validateAsync$1(this, data, params);
	},
	encode: function _encode(data, params) {
		return encode(this, data, params, { callee: _encode });
	},
	decode: function _decode(data, params) {
		return decode(this, data, params, { callee: _decode });
	},
	encodeAsync: async function _encodeAsync(data, params) {
		return await encodeAsync(this, data, params, { callee: _encodeAsync });
	},
	decodeAsync: async function _decodeAsync(data, params) {
		return await decodeAsync(this, data, params, { callee: _decodeAsync });
	},
	safeEncode(data, params) {
		return safeEncode(this, data, params);
	},
	safeDecode(data, params) {
		return safeDecode(this, data, params);
	},
	async safeEncodeAsync(data, params) {
		return safeEncodeAsync(this, data, params);
	},
	async safeDecodeAsync(data, params) {
		return safeDecodeAsync(this, data, params);
	},
	toJSONSchema(params) {
		return createToJSONSchemaMethod(this, {})(params);
	},
	get description() {
		return globalRegistry.get(this)?.description;
	},
	get _def() {
		return this._zod.def;
	}
});
/** @internal */
const _ZodString = /*@__PURE__*/ $constructor("_ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
}, /*@__PURE__*/ derived({
	format: (inst) => aggregateChecks(inst).format ?? null,
	minLength: (inst) => aggregateChecks(inst).minimum ?? null,
	maxLength: (inst) => aggregateChecks(inst).maximum ?? null
}, {
	regex(...args) {
		return this.check(/* @__PURE__ */ _regex(...args));
	},
	includes(...args) {
		return this.check(/* @__PURE__ */ _includes(...args));
	},
	startsWith(...args) {
		return this.check(/* @__PURE__ */ _startsWith(...args));
	},
	endsWith(...args) {
		return this.check(/* @__PURE__ */ _endsWith(...args));
	},
	min(...args) {
		return this.check(/* @__PURE__ */ _minLength(...args));
	},
	max(...args) {
		return this.check(/* @__PURE__ */ _maxLength(...args));
	},
	length(...args) {
		return this.check(/* @__PURE__ */ _length(...args));
	},
	nonempty(...args) {
		return this.check(/* @__PURE__ */ _minLength(1, ...args));
	},
	lowercase(params) {
		return this.check(/* @__PURE__ */ _lowercase(params));
	},
	uppercase(params) {
		return this.check(/* @__PURE__ */ _uppercase(params));
	},
	trim() {
		return this.check(/* @__PURE__ */ _trim());
	},
	normalize(...args) {
		return this.check(/* @__PURE__ */ _normalize(...args));
	},
	toLowerCase() {
		return this.check(/* @__PURE__ */ _toLowerCase());
	},
	toUpperCase() {
		return this.check(/* @__PURE__ */ _toUpperCase());
	},
	slugify() {
		return this.check(/* @__PURE__ */ _slugify());
	}
}));
const ZodString = /*@__PURE__*/ $constructor("ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	_ZodString.init(inst, def);
}, {
	email(params) {
		return this.check(/* @__PURE__ */ _email(ZodEmail, params));
	},
	url(params) {
		return this.check(/* @__PURE__ */ _url(ZodURL, params));
	},
	jwt(params) {
		return this.check(/* @__PURE__ */ _jwt(ZodJWT, params));
	},
	emoji(params) {
		return this.check(/* @__PURE__ */ _emoji(ZodEmoji, params));
	},
	guid(params) {
		return this.check(/* @__PURE__ */ _guid(ZodGUID, params));
	},
	uuid(params) {
		return this.check(/* @__PURE__ */ _uuid(ZodUUID, params));
	},
	uuidv4(params) {
		return this.check(/* @__PURE__ */ _uuidv4(ZodUUID, params));
	},
	uuidv6(params) {
		return this.check(/* @__PURE__ */ _uuidv6(ZodUUID, params));
	},
	uuidv7(params) {
		return this.check(/* @__PURE__ */ _uuidv7(ZodUUID, params));
	},
	nanoid(params) {
		return this.check(/* @__PURE__ */ _nanoid(ZodNanoID, params));
	},
	cuid(params) {
		return this.check(/* @__PURE__ */ _cuid(ZodCUID, params));
	},
	cuid2(params) {
		return this.check(/* @__PURE__ */ _cuid2(ZodCUID2, params));
	},
	ulid(params) {
		return this.check(/* @__PURE__ */ _ulid(ZodULID, params));
	},
	base64(params) {
		return this.check(/* @__PURE__ */ _base64(ZodBase64, params));
	},
	base64url(params) {
		return this.check(/* @__PURE__ */ _base64url(ZodBase64URL, params));
	},
	xid(params) {
		return this.check(/* @__PURE__ */ _xid(ZodXID, params));
	},
	ksuid(params) {
		return this.check(/* @__PURE__ */ _ksuid(ZodKSUID, params));
	},
	ipv4(params) {
		return this.check(/* @__PURE__ */ _ipv4(ZodIPv4, params));
	},
	ipv6(params) {
		return this.check(/* @__PURE__ */ _ipv6(ZodIPv6, params));
	},
	cidrv4(params) {
		return this.check(/* @__PURE__ */ _cidrv4(ZodCIDRv4, params));
	},
	cidrv6(params) {
		return this.check(/* @__PURE__ */ _cidrv6(ZodCIDRv6, params));
	},
	e164(params) {
		return this.check(/* @__PURE__ */ _e164(ZodE164, params));
	},
	datetime(params) {
		return this.check(/* @__PURE__ */ _isoDateTime(ZodISODateTime, params));
	},
	date(params) {
		return this.check(/* @__PURE__ */ _isoDate(ZodISODate, params));
	},
	time(params) {
		return this.check(/* @__PURE__ */ _isoTime(ZodISOTime, params));
	},
	duration(params) {
		return this.check(/* @__PURE__ */ _isoDuration(ZodISODuration, params));
	}
});
function string(params) {
	return /* @__PURE__ */ _string(ZodString, params);
}
const ZodStringFormat = /*@__PURE__*/ $constructor("ZodStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	_ZodString.init(inst, def);
});
const ZodISODateTime = /*@__PURE__*/ $constructor("ZodISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODate = /*@__PURE__*/ $constructor("ZodISODate", (inst, def) => {
	$ZodISODate.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISOTime = /*@__PURE__*/ $constructor("ZodISOTime", (inst, def) => {
	$ZodISOTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODuration = /*@__PURE__*/ $constructor("ZodISODuration", (inst, def) => {
	$ZodISODuration.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmail = /*@__PURE__*/ $constructor("ZodEmail", (inst, def) => {
	$ZodEmail.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodGUID = /*@__PURE__*/ $constructor("ZodGUID", (inst, def) => {
	$ZodGUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodUUID = /*@__PURE__*/ $constructor("ZodUUID", (inst, def) => {
	$ZodUUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodURL = /*@__PURE__*/ $constructor("ZodURL", (inst, def) => {
	$ZodURL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmoji = /*@__PURE__*/ $constructor("ZodEmoji", (inst, def) => {
	$ZodEmoji.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNanoID = /*@__PURE__*/ $constructor("ZodNanoID", (inst, def) => {
	$ZodNanoID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const ZodCUID = /*@__PURE__*/ $constructor("ZodCUID", (inst, def) => {
	$ZodCUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID2 = /*@__PURE__*/ $constructor("ZodCUID2", (inst, def) => {
	$ZodCUID2.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodULID = /*@__PURE__*/ $constructor("ZodULID", (inst, def) => {
	$ZodULID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodXID = /*@__PURE__*/ $constructor("ZodXID", (inst, def) => {
	$ZodXID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodKSUID = /*@__PURE__*/ $constructor("ZodKSUID", (inst, def) => {
	$ZodKSUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv4 = /*@__PURE__*/ $constructor("ZodIPv4", (inst, def) => {
	$ZodIPv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv6 = /*@__PURE__*/ $constructor("ZodIPv6", (inst, def) => {
	$ZodIPv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv4 = /*@__PURE__*/ $constructor("ZodCIDRv4", (inst, def) => {
	$ZodCIDRv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv6 = /*@__PURE__*/ $constructor("ZodCIDRv6", (inst, def) => {
	$ZodCIDRv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64 = /*@__PURE__*/ $constructor("ZodBase64", (inst, def) => {
	$ZodBase64.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64URL = /*@__PURE__*/ $constructor("ZodBase64URL", (inst, def) => {
	$ZodBase64URL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodE164 = /*@__PURE__*/ $constructor("ZodE164", (inst, def) => {
	$ZodE164.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodJWT = /*@__PURE__*/ $constructor("ZodJWT", (inst, def) => {
	$ZodJWT.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNumber = /*@__PURE__*/ $constructor("ZodNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
	inst.isFinite = true;
}, /*@__PURE__*/ derived({
	minValue: (inst) => {
		const { minimum, exclusiveMinimum } = aggregateChecks(inst);
		return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
	},
	maxValue: (inst) => {
		const { maximum, exclusiveMaximum } = aggregateChecks(inst);
		return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
	},
	isInt: (inst) => {
		const { isInt, multipleOf } = aggregateChecks(inst);
		return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
	},
	format: (inst) => aggregateChecks(inst).format ?? null
}, {
	gt(value, params) {
		return this.check(/* @__PURE__ */ _gt(value, params));
	},
	gte(value, params) {
		return this.check(/* @__PURE__ */ _gte(value, params));
	},
	min(value, params) {
		return this.check(/* @__PURE__ */ _gte(value, params));
	},
	lt(value, params) {
		return this.check(/* @__PURE__ */ _lt(value, params));
	},
	lte(value, params) {
		return this.check(/* @__PURE__ */ _lte(value, params));
	},
	max(value, params) {
		return this.check(/* @__PURE__ */ _lte(value, params));
	},
	int(params) {
		return this.check(int(params));
	},
	safe(params) {
		return this.check(int(params));
	},
	positive(params) {
		return this.check(/* @__PURE__ */ _gt(0, params));
	},
	nonnegative(params) {
		return this.check(/* @__PURE__ */ _gte(0, params));
	},
	negative(params) {
		return this.check(/* @__PURE__ */ _lt(0, params));
	},
	nonpositive(params) {
		return this.check(/* @__PURE__ */ _lte(0, params));
	},
	multipleOf(value, params) {
		return this.check(/* @__PURE__ */ _multipleOf(value, params));
	},
	step(value, params) {
		return this.check(/* @__PURE__ */ _multipleOf(value, params));
	},
	finite() {
		return this;
	}
}));
function number(params) {
	return /* @__PURE__ */ _number(ZodNumber, params);
}
const ZodNumberFormat = /*@__PURE__*/ $constructor("ZodNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodNumber.init(inst, def);
});
function int(params) {
	return /* @__PURE__ */ _int(ZodNumberFormat, params);
}
const ZodBoolean = /*@__PURE__*/ $constructor("ZodBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function boolean(params) {
	return /* @__PURE__ */ _boolean(ZodBoolean, params);
}
const ZodNull = /*@__PURE__*/ $constructor("ZodNull", (inst, def) => {
	$ZodNull.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullProcessor(inst, ctx, json, params);
});
function _null(params) {
	return /* @__PURE__ */ _null$1(ZodNull, params);
}
const ZodUnknown = /*@__PURE__*/ $constructor("ZodUnknown", (inst, def) => {
	$ZodUnknown.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => void 0;
});
function unknown() {
	return /* @__PURE__ */ _unknown(ZodUnknown);
}
const ZodNever = /*@__PURE__*/ $constructor("ZodNever", (inst, def) => {
	$ZodNever.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
	return /* @__PURE__ */ _never(ZodNever, params);
}
const ZodArray = /*@__PURE__*/ $constructor("ZodArray", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodArray.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
	inst.element = def.element;
}, {
	min(n, params) {
		return this.check(/* @__PURE__ */ _minLength(n, params));
	},
	nonempty(params) {
		return this.check(/* @__PURE__ */ _minLength(1, params));
	},
	max(n, params) {
		return this.check(/* @__PURE__ */ _maxLength(n, params));
	},
	length(n, params) {
		return this.check(/* @__PURE__ */ _length(n, params));
	},
	unwrap() {
		return this.element;
	}
});
function array(element, params) {
	return /* @__PURE__ */ _array(ZodArray, element, params);
}
const ZodObject = /*@__PURE__*/ $constructor("ZodObject", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodObjectJIT.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
	keyof() {
		return _enum(Object.keys(this._zod.def.shape));
	},
	catchall(catchall) {
		return this.clone(mergeDefs(this._zod.def, { catchall }));
	},
	passthrough() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	loose() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	strict() {
		return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
	},
	strip() {
		return this.clone(mergeDefs(this._zod.def, { catchall: void 0 }));
	},
	extend(incoming) {
		return extend(this, incoming);
	},
	safeExtend(incoming) {
		return safeExtend(this, incoming);
	},
	merge(other) {
		return merge(this, other);
	},
	pick(mask) {
		return pick$2(this, mask);
	},
	omit(mask) {
		return omit(this, mask);
	},
	partial(...args) {
		return partial(ZodOptional, this, args[0]);
	},
	exactPartial(...args) {
		return partial(ZodExactOptional, this, args[0], "exactPartial");
	},
	required(...args) {
		return required(ZodNonOptional, this, args[0]);
	}
});
function strictObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: never(),
		...normalizeParams(params)
	});
}
function looseObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: unknown(),
		...normalizeParams(params)
	});
}
const ZodUnion = /*@__PURE__*/ $constructor("ZodUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
	inst.options = def.options;
});
function union(options, params) {
	return new ZodUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodDiscriminatedUnion = /*@__PURE__*/ $constructor("ZodDiscriminatedUnion", (inst, def) => {
	ZodUnion.init(inst, def);
	$ZodDiscriminatedUnion.init(inst, def);
});
function discriminatedUnion(discriminator, options, params) {
	return new ZodDiscriminatedUnion({
		type: "union",
		options,
		discriminator,
		...normalizeParams(params)
	});
}
const ZodIntersection = /*@__PURE__*/ $constructor("ZodIntersection", (inst, def) => {
	$ZodIntersection.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
	return new ZodIntersection({
		type: "intersection",
		left,
		right
	});
}
const ZodTuple = /*@__PURE__*/ $constructor("ZodTuple", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodTuple.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => tupleProcessor(inst, ctx, json, params);
}, {
	rest(rest) {
		return this.clone({
			...this._zod.def,
			rest
		});
	},
	partial() {
		const def = this._zod.def;
		if (def.checks?.length) throw new Error(".partial() cannot be used on tuple schemas containing refinements");
		return this.clone({
			...def,
			items: def.items.map((item) => new ZodOptional({
				type: "optional",
				innerType: item
			}))
		});
	}
});
function tuple(items, _paramsOrRest, _params) {
	const hasRest = _paramsOrRest instanceof $ZodType;
	return new ZodTuple({
		type: "tuple",
		items,
		rest: hasRest ? _paramsOrRest : null,
		...normalizeParams(hasRest ? _params : _paramsOrRest)
	});
}
const ZodRecord = /*@__PURE__*/ $constructor("ZodRecord", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodRecord.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => recordProcessor(inst, ctx, json, params);
	inst.keyType = def.keyType;
	inst.valueType = def.valueType;
});
function record(keyType, valueType, params) {
	if (!valueType || !valueType._zod) return new ZodRecord({
		type: "record",
		keyType: string(),
		valueType: keyType,
		...normalizeParams(valueType)
	});
	return new ZodRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params)
	});
}
const ZodEnum = /*@__PURE__*/ $constructor("ZodEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
	inst.enum = def.entries;
	inst.options = [...inst._zod.values];
	const keys = new Set(Object.keys(def.entries));
	inst.extract = (values, params) => {
		const newEntries = {};
		for (const value of values) if (keys.has(value)) newEntries[value] = def.entries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
	inst.exclude = (values, params) => {
		const newEntries = { ...def.entries };
		for (const value of values) if (keys.has(value)) delete newEntries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
});
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodLiteral = /*@__PURE__*/ $constructor("ZodLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
	inst.values = new Set(def.values);
	Object.defineProperty(inst, "value", { get() {
		if (def.values.length > 1) throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
		return def.values[0];
	} });
});
function literal(value, params) {
	return new ZodLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodTransform = /*@__PURE__*/ $constructor("ZodTransform", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodTransform.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
	inst._zod.parse = (payload, _ctx) => {
		if (_ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		payload.addIssue = (issue$1) => {
			if (typeof issue$1 === "string") payload.issues.push(issue(issue$1, payload.value, def));
			else {
				const _issue = issue$1;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = inst);
				payload.issues.push(issue(_issue));
			}
		};
		const output = def.transform(payload.value, payload);
		if (output instanceof Promise) return output.then((output) => {
			payload.value = output;
			return payload;
		});
		payload.value = output;
		return payload;
	};
});
function transform(fn) {
	return new ZodTransform({
		type: "transform",
		transform: fn
	});
}
const ZodOptional = /*@__PURE__*/ $constructor("ZodOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
	return new ZodOptional({
		type: "optional",
		innerType
	});
}
const ZodExactOptional = /*@__PURE__*/ $constructor("ZodExactOptional", (inst, def) => {
	$ZodExactOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
	return new ZodExactOptional({
		type: "optional",
		innerType
	});
}
const ZodNullable = /*@__PURE__*/ $constructor("ZodNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
	return new ZodNullable({
		type: "nullable",
		innerType
	});
}
const ZodDefault = /*@__PURE__*/ $constructor("ZodDefault", (inst, def) => {
	$ZodDefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
	return new ZodDefault({
		type: "default",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodPrefault = /*@__PURE__*/ $constructor("ZodPrefault", (inst, def) => {
	$ZodPrefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
	return new ZodPrefault({
		type: "prefault",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodNonOptional = /*@__PURE__*/ $constructor("ZodNonOptional", (inst, def) => {
	$ZodNonOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
	return new ZodNonOptional({
		type: "nonoptional",
		innerType,
		...normalizeParams(params)
	});
}
const ZodCatch = /*@__PURE__*/ $constructor("ZodCatch", (inst, def) => {
	$ZodCatch.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
	return new ZodCatch({
		type: "catch",
		innerType,
		catchValue: typeof catchValue === "function" ? catchValue : constantCatch(catchValue)
	});
}
const ZodPipe = /*@__PURE__*/ $constructor("ZodPipe", (inst, def) => {
	$ZodPipe.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
	inst.in = def.in;
	inst.out = def.out;
});
function pipe(in_, out) {
	return new ZodPipe({
		type: "pipe",
		in: in_,
		out
	});
}
const ZodReadonly = /*@__PURE__*/ $constructor("ZodReadonly", (inst, def) => {
	$ZodReadonly.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
	return new ZodReadonly({
		type: "readonly",
		innerType
	});
}
const ZodLazy = /*@__PURE__*/ $constructor("ZodLazy", (inst, def) => {
	$ZodLazy.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => lazyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.getter();
});
function lazy(getter) {
	return new ZodLazy({
		type: "lazy",
		getter
	});
}
const ZodCustom = /*@__PURE__*/ $constructor("ZodCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
	return /* @__PURE__ */ _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
	return /* @__PURE__ */ _superRefine(fn, params);
}
function json(params) {
	const jsonSchema = lazy(() => {
		return union([
			string(params),
			number(),
			boolean(),
			_null(),
			array(jsonSchema),
			record(string(), jsonSchema)
		]);
	});
	return jsonSchema;
}
// ../../main/node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return /* @__PURE__ */ _isoDateTime(ZodISODateTime, params);
}
/** Largest event, in bytes of JSON. */
const eventBytesMax = 65536;
/**
* Largest size of a figure, in its unit: beyond, an event's `value` is refused, a figure of its context is absent. Nothing that
* is measured or counted comes near it; a sentinel or a slip (1e200) does, and one such value would make the sums of a whole
* window infinite. Every integer up to here is an exact double, and so are milliseconds since 1970.
*/
const figureMax = 0x38d7ea4c68000;
/** Earliest event time accepted: 2000-01-01T00:00:00Z, in ms since 1970. */
const eventTimeMin = 9466848e5;
/** How far an event's time may lie after its reception, in ms. */
const eventAheadMax = 864e5;
/** Keys that no object of an event may have, at any depth. */
const forbiddenKeys = /* @__PURE__ */ new Set([
	"__proto__",
	"constructor",
	"prototype"
]);
/** NUL separates the parts of a stored key, so a name must not contain it. */
const Name$2 = string().min(1).max(256).refine((text) => !text.includes("\0"), "must not contain U+0000");
/** An ISO 8601 date-time with a zone, or milliseconds since 1970-01-01 UTC. Read as ms. */
const Time = union([number(), datetime({ offset: true }).transform((text) => Date.parse(text))]);
/** A number of at most {@link figureMax} either way, or a boolean read as 1 or 0. */
const Value = union([number().min(-0x38d7ea4c68000).max(figureMax), boolean().transform((flag) => flag ? 1 : 0)]);
/**
* `type` is any interaction verb (`viewed`, `answered`, `rated`…) or one of the engine's own: `exposure`,
* `decision`, `outcome`, `prediction`, `label`. Unknown fields are kept in the archive. An optional
* field may be null, which is the same as absent.
*/
const Event = looseObject({
	/** Chosen by the producer; a second event of the same user with the same id is a duplicate. */
	id: Name$2,
	type: Name$2,
	time: Time,
	user: Name$2,
	item: Name$2.nullish(),
	session: Name$2.nullish(),
	value: Value.nullish(),
	decision: Name$2.nullish(),
	context: record(string(), unknown()).nullish()
});
// sources/campus/defects.ts
const deep = `${"{\"a\":".repeat(20)}1${"}".repeat(20)}`;
function withTime(time) {
	return (text) => text.replace(/"time":"[^"]*"/, `"time":"${time}"`);
}
function withContext(field) {
	return (text) => text.replace("\"context\":{", `"context":{${field},`);
}
const defects = [
	{
		name: "truncated",
		code: "EVENT_NOT_JSON",
		spoil: (text) => text.slice(0, Math.floor(text.length / 2))
	},
	{
		name: "not-utf8",
		code: "EVENT_NOT_JSON",
		spoil: (text) => text.replace("\"type\":\"", "\"type\":\"ÿ")
	},
	{
		name: "not-object",
		code: "EVENT_NOT_OBJECT",
		spoil: (text) => `[${text}]`
	},
	{
		name: "too-large",
		code: "EVENT_TOO_LARGE",
		spoil: withContext(`"essay":"${"a".repeat(eventBytesMax)}"`)
	},
	{
		name: "too-deep",
		code: "EVENT_TOO_DEEP",
		spoil: withContext(`"tree":${deep}`)
	},
	{
		name: "forbidden-key",
		code: "EVENT_KEY_FORBIDDEN",
		spoil: withContext("\"__proto__\":{\"admin\":true}")
	},
	{
		name: "missing-user",
		code: "EVENT_FIELD_MISSING",
		spoil: (text) => text.replace(/,"user":"[^"]*"/, "")
	},
	{
		name: "missing-type",
		code: "EVENT_FIELD_MISSING",
		spoil: (text) => text.replace(/,"type":"[^"]*"/, "")
	},
	{
		name: "wrong-type",
		code: "EVENT_FIELD_INVALID",
		spoil: (text) => text.replace(/"type":"[^"]*"/, "\"type\":42")
	},
	{
		name: "wrong-time",
		code: "EVENT_FIELD_INVALID",
		spoil: withTime("yesterday afternoon")
	},
	{
		name: "long-user",
		code: "EVENT_FIELD_INVALID",
		spoil: (text) => text.replace("\"user\":\"", `"user":"${"x".repeat(256)}`)
	},
	{
		name: "year-1970",
		code: "EVENT_TIME_OUT_OF_RANGE",
		spoil: withTime("1970-01-01T00:00:00.000Z")
	},
	{
		name: "year-2200",
		code: "EVENT_TIME_OUT_OF_RANGE",
		spoil: withTime("2200-01-01T00:00:00.000Z")
	}
];
// sources/campus/curriculum.ts
/** What is taught: the names that events carry, and who takes which course. */
const skills = [
	"algebra",
	"geometry",
	"statistics",
	"reading",
	"writing",
	"physics",
	"chemistry",
	"biology"
];
const topics = [
	"space",
	"sports",
	"music",
	"animals",
	"history",
	"technology",
	"food",
	"travel",
	"art",
	"climate"
];
const formats = [
	"exercise",
	"video",
	"reading"
];
const devices = [
	"laptop",
	"tablet",
	"phone"
];
const programmes = [
	programme("sciences", [
		"algebra-1",
		"physics-1",
		"chemistry-1",
		"statistics-1"
	]),
	programme("humanities", [
		"reading-1",
		"writing-1",
		"statistics-2",
		"biology-1"
	]),
	programme("engineering", [
		"algebra-2",
		"geometry-1",
		"physics-2",
		"writing-2"
	]),
	programme("health", [
		"biology-2",
		"chemistry-2",
		"reading-2",
		"geometry-2"
	])
];
function programme(name, courseNames) {
	return {
		name,
		courses: courseNames.map((courseName) => ({
			name: courseName,
			skill: skills.findIndex((skill) => courseName.startsWith(skill))
		}))
	};
}
// sources/campus/response.ts
/** Interests of the `rated` and `completed` models; see {@link ratingOf} and {@link completionProbability}. */
const taste = {
	ratingSlope: .9,
	ratingNoise: .6,
	completionBase: .8,
	completionSlope: .9
};
function logistic(x) {
	return 1 / (1 + Math.exp(-x));
}
/** Ability after some answers in a skill, logits. */
function abilityAfter(plan, ability, answers) {
	const { gain, practice } = plan.learning;
	return ability - gain * Math.expm1(-answers / practice);
}
/** @param sinceMs ms after the campus start */
function difficultyAt(plan, item, sinceMs) {
	let difficulty = item.difficulty;
	for (const { atMs, skill, difficultyShift } of plan.revisions) if (skill === item.skill && sinceMs >= atMs) difficulty += difficultyShift;
	return difficulty;
}
/** P(answered = 1). */
function correctProbability(plan, item, ability, sinceMs) {
	return logistic(item.discrimination * (ability - difficultyAt(plan, item, sinceMs)));
}
/** Affinity after the drifts so far. */
function affinityAt(plan, topic, affinity, sinceMs) {
	let drifted = affinity;
	for (const drift of plan.tasteDrifts) if (drift.topic === topic && sinceMs >= drift.atMs) drifted += drift.shift;
	return drifted;
}
/** 1 … 5. @param noise normal(0, 1) */
function ratingOf(affinity, noise) {
	const liking = 3 + taste.ratingSlope * affinity + taste.ratingNoise * noise;
	return Math.min(5, Math.max(1, Math.round(liking)));
}
/** P(completed = 1). */
function completionProbability(affinity) {
	return logistic(taste.completionBase + taste.completionSlope * affinity);
}
/** P(outcome = 1). @param own the student's number in [0, 1) */
function outcomeProbability(experiment, own, treated) {
	const { baseRate, baseSpread, effect } = experiment;
	return baseRate + baseSpread * (2 * own - 1) + (treated ? effect : 0);
}
/** Key of the policy by which the AI tutor suggests a format. */
const suggestionPolicy = "tutor";
/** What the AI tutor suggests, uniformly at random: the indices are those of `formats`. */
const suggestionProbability = 1 / 3;
/** P(feedback = 1) of each programme (rows) for each suggested format (exercise, video, reading). */
const suggestionRewards = [
	[
		.55,
		.4,
		.3
	],
	[
		.3,
		.4,
		.6
	],
	[
		.6,
		.45,
		.25
	],
	[
		.35,
		.6,
		.4
	]
];
/** Mean feedback of the logging policy, and of the policy that knows the table: programmes are equally large. */
const suggestionValues = {
	logging: mean(suggestionRewards.map((rewards) => mean(rewards))),
	best: mean(suggestionRewards.map((rewards) => Math.max(...rewards)))
};
function mean(values) {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
// sources/campus/calendar.ts
/**
* When students work: an intensity for each hour of the week and each chronotype, in the campus's local time.
*
* Session starts form a Poisson process with this intensity, drawn by time rescaling: hours of mean intensity ("even
* hours") are added on an even clock, which is then bent back to the wall clock.
*/
const hourMs$2 = 36e5;
const weekHours = 168;
/** 1970-01-05, a Monday, in ms since 1970. */
const mondayMs = 96 * hourMs$2;
const chronotypes = [
	"early",
	"middle",
	"evening"
];
/** Per chronotype: intensity of each hour of the week from Monday 00:00, mean 1. */
const intensities = [
	16.5,
	18.5,
	21
].map((homeHour) => {
	const weights = Float64Array.from({ length: weekHours }, (_, hour) => {
		const weekday = Math.floor(hour / 24);
		const hourOfDay = hour % 24 + .5;
		const weekend = weekday >= 5;
		const school = !weekend && hourOfDay > 8 && hourOfDay < 16 ? 1.6 : 0;
		const centre = weekend ? homeHour - 3 : homeHour;
		const home = Math.exp(-.5 * ((hourOfDay - centre) / 2.2) ** 2);
		return .12 + school + (weekend ? .9 : 1.4) * home;
	});
	const mean = weights.reduce((sum, weight) => sum + weight, 0) / weekHours;
	return weights.map((weight) => weight / mean);
});
/** Per chronotype: even hours from Monday 00:00 to the beginning of each hour, 169 numbers. */
const elapsed = intensities.map((weights) => {
	const sums = /* @__PURE__ */ new Float64Array(169);
	for (let hour = 0; hour < weekHours; hour += 1) sums[hour + 1] = sums[hour] + weights[hour];
	return sums;
});
/**
* Intensity of session starts at a time, relative to the mean of the week.
*
* @param time local time, ms since 1970
*/
function intensityAt(chronotype, time) {
	const hours = (time - mondayMs) / hourMs$2;
	return intensities[chronotype][Math.floor(hours - weekHours * Math.floor(hours / weekHours))];
}
/**
* The time that lies `evenHours` hours of mean intensity after `time`.
*
* @param time local time, ms since 1970
*/
function afterEvenHours(chronotype, time, evenHours) {
	const sums = elapsed[chronotype];
	const weights = intensities[chronotype];
	const hours = (time - mondayMs) / hourMs$2;
	let week = Math.floor(hours / weekHours);
	const within = hours - week * weekHours;
	const whole = Math.floor(within);
	let target = sums[whole] + (within - whole) * weights[whole] + evenHours;
	const weeks = Math.floor(target / sums[weekHours]);
	week += weeks;
	target -= weeks * sums[weekHours];
	let low = 0;
	let high = 167;
	while (low < high) {
		const middle = low + high + 1 >> 1;
		if (sums[middle] <= target) low = middle;
		else high = middle - 1;
	}
	const found = low + (target - sums[low]) / weights[low];
	return mondayMs + (week * weekHours + found) * hourMs$2;
}
// sources/campus/random.ts
function randomState() {
	return {
		a: 0,
		b: 0,
		c: 0,
		counter: 1
	};
}
/** Moves to the beginning of the stream addressed by three 32-bit integers. */
function reseed(state, seed, owner, step) {
	state.a = seed | 0;
	state.b = owner | 0;
	state.c = step | 0;
	state.counter = 1;
	for (let round = 0; round < 12; round += 1) next(state);
}
function next(state) {
	const sum = state.a + state.b + state.counter | 0;
	state.counter = state.counter + 1 | 0;
	state.a = state.b ^ state.b >>> 9;
	state.b = state.c + (state.c << 3) | 0;
	state.c = (state.c << 21 | state.c >>> 11) + sum | 0;
	return sum;
}
/** In [0, 1), 32 bits. */
function uniform(state) {
	return (next(state) >>> 0) / 4294967296;
}
/** An integer in [0, count). */
function below(state, count) {
	return Math.floor(uniform(state) * count);
}
/** Mean 1. */
function exponential(state) {
	return -Math.log(1 - uniform(state));
}
/** Mean 0, deviation 1. */
function normal(state) {
	return Math.sqrt(-2 * Math.log(1 - uniform(state))) * Math.cos(2 * Math.PI * uniform(state));
}
// sources/campus/students.ts
/**
* Who studies: what a student is, as a function of seed and number alone, so that nothing of it is stored.
*
* Each trait is drawn from a stream of its own; a campus with more students has the same first ones.
*/
/** Spread of ability at the first practice: what all skills of a student share, and what is of one skill, in logits. */
const abilitySpread = {
	shared: .6,
	own: .6
};
/** σ of the logarithm of diligence; its mean is 1. */
const diligenceSpread = .4;
/** σ of the logarithm of pace; its median is 1. */
const paceSpread = .3;
function classOf(student) {
	return Math.floor(student / 25);
}
/** Index in `programmes`. */
function programmeOf(student) {
	return classOf(student) % programmes.length;
}
/** @param traits overwritten */
function readTraits(random, seed, student, traits) {
	reseed(random, seed ^ 1953653097, student, 0);
	traits.chronotype = below(random, chronotypes.length);
	traits.diligence = Math.exp(diligenceSpread * normal(random) - diligenceSpread ** 2 / 2);
	traits.pace = Math.exp(paceSpread * normal(random));
}
/** Ability before any practice, in logits: normal(0, 0.85). */
function abilityOf(random, seed, student, skill) {
	reseed(random, seed ^ 1633839468, student, 0);
	const shared = normal(random);
	reseed(random, seed ^ 1633839468, student, 1 + skill);
	return abilitySpread.shared * shared + abilitySpread.own * normal(random);
}
/** Liking of a topic before any drift: normal(0, 1). */
function affinityOf(random, seed, student, topic) {
	reseed(random, seed ^ 1952543604, student, topic);
	return normal(random);
}
/** When a student joins an experiment, as a share of its joining time. */
function joiningOf(random, seed, student, experiment) {
	reseed(random, seed ^ 1785686382, student, experiment);
	return uniform(random);
}
/** The number in [0, 1) that decides whether a student's exposures are lost: when it is below the arm's share. */
function lossOf(random, seed, student, experiment) {
	reseed(random, seed ^ 1819243379, student, experiment);
	return uniform(random);
}
/** The number in [0, 1) that decides a student's arm: treated when it is below the probability in force. */
function assignmentOf(random, seed, student, experiment) {
	reseed(random, seed ^ 1702391909, student, experiment);
	return uniform(random);
}
// sources/campus/encode.ts
const dayMs$1 = 864e5;
const twoDigits$1 = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const threeDigits = Array.from({ length: 1e3 }, (_, n) => String(n).padStart(3, "0"));
/** Writes ISO 8601 with milliseconds, and remembers the date it wrote last. */
function isoWriter() {
	let day = NaN;
	let date = "";
	return (time) => {
		const found = Math.floor(time / dayMs$1);
		if (found !== day) {
			day = found;
			date = new Date(time).toISOString().slice(0, 11);
		}
		const ofDay = time - found * dayMs$1;
		const minutes = Math.floor(ofDay / 6e4);
		const seconds = Math.floor(ofDay / 1e3) % 60;
		const clock = `${twoDigits$1[Math.floor(minutes / 60)]}:${twoDigits$1[minutes % 60]}`;
		return `${date}${clock}:${twoDigits$1[seconds]}.${threeDigits[ofDay % 1e3]}Z`;
	};
}
/** `class-0004`. */
function className(student) {
	return `class-${String(classOf(student)).padStart(4, "0")}`;
}
/** @param latencyMs what the client measured, an integer */
function eventText(world, activity, iso, latencyMs) {
	const { session, type, value } = activity;
	const digits = String(1e6 + session.student).slice(1);
	const sessionName = `s-${session.student}-${session.number}`;
	const head = `{"id":"${world.run}-${session.student}-${session.number}-${activity.number}","type":"${type}","time":"${iso(activity.time)}","user":"student-${digits}"`;
	const where = `"course":"${session.course}","class":"${className(session.student)}","device":"${session.device}","latency_ms":${latencyMs}`;
	if (activity.item >= 0) {
		const item = world.items[activity.item];
		const spent = type === "answered" ? `,"seconds":${activity.seconds}` : "";
		return `${head},"item":"${item.name}","session":"${sessionName}","value":${value},"context":{"skill":"${skills[item.skill]}","topic":"${topics[item.topic]}","format":"${formats[item.format]}",${where}${spent}}}`;
	}
	const measured = Number.isNaN(value) ? "" : `,"value":${value}`;
	if (activity.action >= 0) {
		const programme = programmes[session.programme].name;
		return `${head},"session":"${sessionName}"${measured},"decision":"${`d-${world.run}-${session.student}-${session.number}`}","context":{${suggestionText(activity.action, type === "decision")},"attributes":{"programme":"${programme}"},${where}}}`;
	}
	const experiment = world.plan.experiments[session.experiment];
	const stage = experiment.stages[session.stage];
	const segments = type === "exposure" ? `,"segments":{"device":"${session.device}"}` : "";
	const chance = session.treated ? stage.probability : 1 - stage.probability;
	return `${head},"session":"${sessionName}"${measured},"context":{"experiment":"${experiment.name}","variant":"${experiment.variants[session.treated ? 1 : 0]}","probability":${chance},"stage":${session.stage + 1}${segments},${where}}}`;
}
const offered = formats.map((format) => `{"action":"${format}","probability":${suggestionProbability}}`).join(",");
/** @param isMade the decision itself: uniformly at random, with all that could have been chosen */
function suggestionText(action, isMade) {
	const made = `,"revision":1,"stage":1,"way":"policy","offered":[${offered}]`;
	return `"policy":"${suggestionPolicy}","action":"${formats[action]}","probability":${suggestionProbability}${isMade ? made : ""}`;
}
// sources/campus/sessionShape.ts
/**
* What a session consists of.
*
* Activity 0 is an exposure; activity 1 an AI suggestion in two sessions of five; then blocks follow, each of them one
* `viewed`, some `answered`, one `completed`, and in every second block a `rated` of what was viewed.
*/
/** Blocks of a session, and answers of a block: integers in these ranges, equally likely. */
const blocksRange = [2, 5];
const answersPerBlockRange = [2, 4];
const suggestionShare = .4;
/** Sessions that one student can have, and activities that one can hold. */
const sessionsMax = 2097152;
const activitiesMax = 1024;
/** The stream of the header is that of the last activity, which no session reaches. */
const headerStep = 1023;
/** Activities of a session: exposure, suggestion, blocks. */
function lengthOf(blocks, answersPerBlock, suggestion) {
	return 1 + (suggestion ? 1 : 0) + blocks * (answersPerBlock + 2) + Math.floor(blocks / 2);
}
/** Mean well-formed events of a session: its activities, the outcome, and the feedback to a suggestion. */
function eventsPerSession(experiments) {
	let sum = 0;
	let cases = 0;
	for (let blocks = blocksRange[0]; blocks <= blocksRange[1]; blocks += 1) for (let answers = answersPerBlockRange[0]; answers <= answersPerBlockRange[1]; answers += 1) {
		sum += lengthOf(blocks, answers, false);
		cases += 1;
	}
	return sum / cases + (experiments ? 1 : -1) + 2 * suggestionShare;
}
// contracts/timeHeap.ts
/**
* Things to come, the earliest first; equal times are ordered by a number of the caller's, things with the same number in no
* particular order.
*/
var TimeHeap = class {
	#times = [];
	#ties = [];
	#things = [];
	get size() {
		return this.#things.length;
	}
	/** Time of the earliest, Infinity when there is none. */
	get time() {
		return this.#things.length > 0 ? this.#times[0] : Infinity;
	}
	push(time, tie, thing) {
		const times = this.#times;
		const ties = this.#ties;
		const things = this.#things;
		let at = things.length;
		times.push(time);
		ties.push(tie);
		things.push(thing);
		while (at > 0) {
			const parent = at - 1 >> 1;
			const parentTime = times[parent];
			if (parentTime < time || parentTime === time && ties[parent] < tie) break;
			times[at] = parentTime;
			ties[at] = ties[parent];
			things[at] = things[parent];
			at = parent;
		}
		times[at] = time;
		ties[at] = tie;
		things[at] = thing;
	}
	/** Takes the earliest. @throws RangeError when there is none */
	pop() {
		const first = this.#things[0];
		if (first === void 0) throw new RangeError("heap: expected a thing to come, got none");
		const time = this.#times.pop();
		const tie = this.#ties.pop();
		const thing = this.#things.pop();
		if (this.#things.length > 0) this.#sink(time, tie, thing);
		return first;
	}
	/** Puts a thing at the root and lets it sink to its place. */
	#sink(time, tie, thing) {
		const times = this.#times;
		const ties = this.#ties;
		const things = this.#things;
		const size = things.length;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= size) break;
			const other = child + 1;
			if (other < size) {
				const later = times[child] - times[other];
				if (later > 0 || later === 0 && ties[child] > ties[other]) child = other;
			}
			const childTime = times[child];
			if (childTime > time || childTime === time && ties[child] > tie) break;
			times[at] = childTime;
			ties[at] = ties[child];
			things[at] = things[child];
			at = child;
		}
		times[at] = time;
		ties[at] = tie;
		things[at] = thing;
	}
};
// sources/campus/bots.ts
/** Programs that answer in a student's name, as sessions of their own. */
/** Answers in one session of a bot: more than that and it begins another. */
const botAnswersMax = 500;
/** The sessions of all bots; their numbers count down from the last possible one, where no student gets. */
function botSessions(world) {
	const sessions = [];
	world.plan.bots.forEach((bot) => {
		if (bot.student >= world.students) return;
		const programme = programmeOf(bot.student);
		const course = programmes[programme].courses[0];
		const answers = Math.floor((bot.toMs - bot.fromMs) / bot.everyMs);
		for (let done = 0; done < answers; done += botAnswersMax) {
			const start = Math.round(world.start + bot.fromMs + done * bot.everyMs);
			sessions.push({
				student: bot.student,
				number: 2097151 - sessions.length,
				start,
				deliveredAt: NaN,
				course: course.name,
				skill: course.skill,
				programme,
				device: "laptop",
				pace: 1,
				ability: Infinity,
				practice: 0,
				suggestion: false,
				answersPerBlock: 0,
				length: Math.min(botAnswersMax, answers - done),
				experiment: -1,
				stage: -1,
				treated: false,
				botEveryMs: bot.everyMs,
				position: 0,
				time: start
			});
		}
	});
	return sessions;
}
// sources/campus/delivery.ts
/** How activities travel: delays, losses in outages, reloads in bursts, duplicates, malformed copies. */
const latency = {
	medianMs: 120,
	spread: .4
};
const networkMaxMs = 1e4;
const reloadMaxMs = 2e3;
const copiesMax = 4;
/** Longest time from an event on an online device to the arrival of its last copy, ms. */
function deliveryMaxMs(world) {
	const { slowMs, duplicateMs } = world.plan.delivery;
	return networkMaxMs + slowMs[1] + Math.max(duplicateMs[1], reloadMaxMs) + 4;
}
/** Sends one activity, with all that comes of it. */
function send(world, random, activity, deliver) {
	const { plan, start } = world;
	const { session, number } = activity;
	const { delivery } = plan;
	const sinceMs = activity.time - start;
	const online = Number.isNaN(session.deliveredAt);
	const step = session.number * activitiesMax + number;
	reseed(random, world.seed ^ 1684368489, session.student, step);
	const outage = online ? during(plan.outages, sinceMs) : void 0;
	const luck = uniform(random);
	if (outage !== void 0 && luck >= outage.keptShare) return;
	const spike = during(plan.latencySpikes, sinceMs)?.factor ?? 1;
	const latencyMs = Math.round(latency.medianMs * Math.exp(latency.spread * normal(random)) * spike);
	const sent = online ? activity.time : Math.max(activity.time, session.deliveredAt);
	const slow = online && uniform(random) < delivery.slowShare;
	const network = 1 + Math.min(networkMaxMs, delivery.networkMeanMs * exponential(random));
	const first = Math.round(sent + network + (slow ? between(random, delivery.slowMs) : 0));
	const tie = (session.student * 2097152 + session.number) * (activitiesMax * copiesMax);
	const ownTie = tie + number * copiesMax;
	const kind = first - activity.time > 6e4 ? "late" : "good";
	deliver({
		activity,
		kind,
		arrivalTime: first,
		latencyMs,
		defect: -1
	}, ownTie);
	if (uniform(random) < delivery.duplicateShare) deliver({
		activity,
		kind: "duplicate",
		arrivalTime: first + Math.round(between(random, delivery.duplicateMs)),
		latencyMs,
		defect: -1
	}, ownTie + 1);
	if (uniform(random) < delivery.malformedShare) deliver({
		activity,
		kind: "malformed",
		arrivalTime: first,
		latencyMs,
		defect: below(random, defects.length)
	}, ownTie + 2);
	const burst = session.botEveryMs === 0 ? during(plan.bursts, sinceMs) : void 0;
	if (burst !== void 0 && number < 64) for (let extra = 0; extra < burst.factor - 1; extra += 1) {
		const again = first + 1 + below(random, reloadMaxMs);
		const reload = reloadOf(world, activity, extra);
		deliver({
			activity: reload,
			kind,
			arrivalTime: again,
			latencyMs,
			defect: -1
		}, tie + reload.number * copiesMax);
	}
}
/** The page of the activity, or the first of the skill, opened once more. */
function reloadOf(world, activity, extra) {
	const { session, number, item } = activity;
	return {
		...activity,
		type: "viewed",
		number: 64 + number * 15 + extra,
		item: item >= 0 ? item : world.materials[session.skill][0],
		value: 0,
		probability: NaN,
		action: -1,
		seconds: 0
	};
}
function between(random, range) {
	return range[0] + uniform(random) * (range[1] - range[0]);
}
/** The interval that holds the moment; undefined when none does. */
function during(intervals, sinceMs) {
	for (const interval of intervals) if (sinceMs >= interval.fromMs && sinceMs < interval.toMs) return interval;
}
// sources/campus/play.ts
/** Plays a session: one activity a call, each drawn from a stream of its own. */
/** Time between two activities: lognormal around the median, divided by the student's pace; times `world.haste`. */
const gap = {
	medianMs: 35e3,
	spread: .5,
	minMs: 2e3,
	maxMs: 18e4
};
const outcomeDelayMaxMs = 36e5;
const feedbackDelay = {
	meanMs: 45e3,
	maxMs: 6e5
};
/** How long a bot takes for an answer. */
const botSeconds = .2;
/** Longest time from a session's start to the last event that it causes, ms. */
function sessionMaxMs(world) {
	return lengthOf(blocksRange[1], answersPerBlockRange[1], true) * (gap.maxMs * world.haste + 1) + Math.max(outcomeDelayMaxMs, feedbackDelay.maxMs) + 2;
}
/** Hands out what happens at `session.position`, and moves the session on to its next activity. */
function playActivity(world, random, session, emit) {
	const { position, time } = session;
	session.position = position + 1;
	reseed(random, world.seed, session.student, session.number * activitiesMax + position);
	if (session.botEveryMs > 0) {
		session.time = Math.round(session.start + (position + 1) * session.botEveryMs);
		emit(happening({
			type: "answered",
			session,
			time,
			item: pick$1(world.exercises[session.skill], random),
			value: 1,
			seconds: botSeconds
		}));
		return;
	}
	const paced = gap.medianMs * Math.exp(gap.spread * normal(random)) / session.pace;
	const bounded = Math.min(gap.maxMs, Math.max(gap.minMs, paced));
	const gapMs = Math.max(1, Math.round(bounded * world.haste));
	session.time = time + gapMs;
	if (position === 0) {
		if (session.stage >= 0) expose(world, random, session, time, emit);
	} else if (position === 1 && session.suggestion) suggest(random, session, time, emit);
	else learn(world, random, session, time, Math.round(gapMs / 100) / 10, emit);
}
/** An activity whose absent parts are marked as such; its number is the position just left. */
function happening(given) {
	return {
		type: given.type,
		session: given.session,
		number: given.number ?? given.session.position - 1,
		time: given.time,
		item: given.item ?? -1,
		value: given.value ?? NaN,
		probability: given.probability ?? NaN,
		action: given.action ?? -1,
		seconds: given.seconds ?? 0
	};
}
/** The head of the bank is popular: item rank ∝ u^1.5. */
function pick$1(items, random) {
	return items[Math.floor(uniform(random) ** 1.5 * items.length)];
}
function expose(world, random, session, time, emit) {
	const experiment = world.plan.experiments[session.experiment];
	const delayMeanMs = experiment.outcomeDelayMeanMs[session.treated ? 1 : 0];
	const delay = 1 + Math.round(Math.min(outcomeDelayMaxMs, delayMeanMs * exponential(random)));
	const drawn = uniform(random);
	const probability = outcomeProbability(experiment, assignmentOf(random, world.seed, session.student, -1 - session.experiment), session.treated);
	const lostShare = experiment.exposureLostShare[session.treated ? 1 : 0];
	if (!(lostShare > 0 && lossOf(random, world.seed, session.student, session.experiment) < lostShare)) emit(happening({
		type: "exposure",
		session,
		time
	}));
	emit(happening({
		type: "outcome",
		session,
		time: time + delay,
		number: 60,
		value: drawn < probability ? 1 : 0,
		probability
	}));
}
function suggest(random, session, time, emit) {
	const action = below(random, formats.length);
	const probability = suggestionRewards[session.programme][action];
	const value = uniform(random) < probability ? 1 : 0;
	const waitMs = Math.min(feedbackDelay.maxMs, feedbackDelay.meanMs * exponential(random));
	emit(happening({
		type: "decision",
		session,
		time,
		action
	}));
	emit(happening({
		type: "feedback",
		session,
		time: time + 1 + Math.round(waitMs),
		number: 61,
		value,
		probability,
		action
	}));
}
/** One step of a block: `viewed`, the answers, `completed`, and `rated` in every second block. */
function learn(world, random, session, time, seconds, emit) {
	const answers = session.answersPerBlock;
	const played = session.position - 1 - (session.suggestion ? 2 : 1);
	const pair = Math.floor(played / (2 * answers + 5));
	const ofPair = played - pair * (2 * answers + 5);
	const second = ofPair >= answers + 2;
	const block = 2 * pair + (second ? 1 : 0);
	const step = second ? ofPair - (answers + 2) : ofPair;
	if (step > 0 && step <= answers) answer$1(world, random, session, time, session.practice + block * answers + step - 1, seconds, emit);
	else study(world, random, session, time, block, step - answers, seconds, emit);
}
function answer$1(world, random, session, time, before, seconds, emit) {
	const { plan, items, start } = world;
	const item = pick$1(world.exercises[session.skill], random);
	const ability = abilityAfter(plan, session.ability, before);
	const probability = correctProbability(plan, items[item], ability, time - start);
	emit(happening({
		type: "answered",
		session,
		time,
		item,
		value: uniform(random) < probability ? 1 : 0,
		probability,
		seconds
	}));
}
/** @param stage ≤ 0 viewed, 1 completed, 2 rated */
function study(world, random, session, time, block, stage, seconds, emit) {
	const { seed, plan, items, start } = world;
	const drawn = uniform(random);
	const noise = normal(random);
	reseed(random, seed ^ 1651273571, session.student, session.number * activitiesMax + block);
	const item = pick$1(world.materials[session.skill], random);
	if (stage <= 0) {
		emit(happening({
			type: "viewed",
			session,
			time,
			item,
			value: seconds,
			seconds
		}));
		return;
	}
	const { topic } = items[item];
	const affinity = affinityAt(plan, topic, affinityOf(random, seed, session.student, topic), time - start);
	if (stage === 1) {
		const probability = completionProbability(affinity);
		emit(happening({
			type: "completed",
			session,
			time,
			item,
			value: drawn < probability ? 1 : 0,
			probability,
			seconds
		}));
	} else emit(happening({
		type: "rated",
		session,
		time,
		item,
		value: ratingOf(affinity, noise),
		seconds
	}));
}
// sources/campus/session.ts
/**
* A session: what one student does between sitting down and getting up, decided by its header.
*
* How many answers it holds stands in the header, so practice can be followed without playing the session.
*/
const scratch = {
	chronotype: 0,
	diligence: 1,
	pace: 1
};
/** Begins a student's next session: draws its header and adds it to the memory. */
function beginSession(world, memory, random, student, start) {
	const { seed, plan } = world;
	const number = memory.sessions[student];
	memory.sessions[student] = number + 1;
	const experiment = plan.experiments.length > 0 ? number % plan.experiments.length : -1;
	const stage = experiment < 0 ? -1 : firstStage(world, memory, random, student, experiment, start);
	const treated = stage >= 0 && assignmentOf(random, seed, student, experiment) < plan.experiments[experiment].stages[stage].probability;
	readTraits(random, seed, student, scratch);
	const pace = scratch.pace;
	const programme = programmeOf(student);
	reseed(random, seed, student, number * activitiesMax + headerStep);
	const taken = below(random, 4);
	const course = programmes[programme].courses[taken];
	const blocks = blocksRange[0] + below(random, blocksRange[1] - blocksRange[0] + 1);
	const answersPerBlock = answersPerBlockRange[0] + below(random, answersPerBlockRange[1] - answersPerBlockRange[0] + 1);
	const suggestion = uniform(random) < suggestionShare;
	const device = devices[below(random, devices.length)];
	const { offlineShare, offlineMs } = plan.delivery;
	const offline = uniform(random) < offlineShare;
	const waited = Math.round(offlineMs[0] + uniform(random) * (offlineMs[1] - offlineMs[0]));
	const cell = student * 4 + taken;
	const practice = memory.practice[cell];
	memory.practice[cell] = practice + blocks * answersPerBlock;
	return {
		student,
		number,
		start,
		deliveredAt: offline ? start + waited : NaN,
		course: course.name,
		skill: course.skill,
		programme,
		device,
		pace,
		ability: abilityOf(random, seed, student, course.skill),
		practice,
		suggestion,
		answersPerBlock,
		length: lengthOf(blocks, answersPerBlock, suggestion),
		experiment,
		stage,
		treated,
		botEveryMs: 0,
		position: 0,
		time: start
	};
}
/** Stage in force at the student's first exposure; −1 while the experiment, or the student in it, has not begun. */
function firstStage(world, memory, random, student, experiment, time) {
	const { experiments } = world.plan;
	const cell = student * experiments.length + experiment;
	const known = memory.stages[cell];
	if (known >= 0) return known;
	const { stages, joinWithinMs } = experiments[experiment];
	const sinceMs = time - world.start;
	if (sinceMs < joiningOf(random, world.seed, student, experiment) * joinWithinMs) return -1;
	let stage = -1;
	while (stage + 1 < stages.length && stages[stage + 1].fromMs <= sinceMs) stage += 1;
	memory.stages[cell] = stage;
	return stage;
}
// sources/campus/stream.ts
/**
* The running campus: students sit down, sessions play, records travel; what has arrived comes out in order of arrival.
*
* Memory: about 60 bytes per student, one object per running session, one per record under way. Records are written as
* bytes only when they leave, so an offline device costs one object, however much it will deliver.
*/
/**
* Opens the campus at an arrival time.
*
* Everything before is fast-forwarded without playing the sessions: about 2 µs per session begun since the campus start.
*
* @param from ms since 1970; records that arrived earlier are left out
*/
function openArrivals(world, from) {
	const memory = {
		practice: new Uint32Array(world.students * 4),
		sessions: new Uint32Array(world.students),
		stages: new Int8Array(world.students * world.plan.experiments.length).fill(-1)
	};
	const slots = new Uint32Array(world.students);
	const random = randomState();
	const traits = {
		chronotype: 0,
		diligence: 1,
		pace: 1
	};
	const starts = new TimeHeap();
	const running = new TimeHeap();
	const pending = new TimeHeap();
	function deliver(arrival, tie) {
		if (arrival.arrivalTime >= from) pending.push(arrival.arrivalTime, tie, arrival);
	}
	function emit(activity) {
		send(world, deliveryRandom, activity, deliver);
	}
	const deliveryRandom = randomState();
	/** Plans when a student sits down next; `time` is the last such moment. */
	function schedule(student, time) {
		readTraits(random, world.seed, student, traits);
		const slot = slots[student];
		slots[student] = slot + 1;
		reseed(random, world.seed ^ 1937006962, student, slot);
		const wait = exponential(random) / (world.sessionsPerHour * traits.diligence);
		const local = afterEvenHours(traits.chronotype, time + world.zoneOffsetMs, wait);
		starts.push(local - world.zoneOffsetMs, student, student);
	}
	/** True when the day is off and the student stays away. */
	function staysAway(student, time) {
		for (const { fromMs, toMs, keptShare } of world.plan.holidays) {
			const sinceMs = time - world.start;
			if (sinceMs < fromMs || sinceMs >= toMs) continue;
			reseed(random, world.seed ^ 1752132713, student, slots[student]);
			return uniform(random) >= keptShare;
		}
		return false;
	}
	function begin(student, time) {
		schedule(student, time);
		if (staysAway(student, time)) return void 0;
		if (memory.sessions[student] >= 1048576) return void 0;
		return beginSession(world, memory, random, student, Math.ceil(time));
	}
	function enqueue(session) {
		const offline = !Number.isNaN(session.deliveredAt);
		const tie = session.student * sessionsMax + session.number;
		running.push(offline ? session.deliveredAt : session.time, tie, session);
	}
	function step() {
		if (starts.time <= running.time) {
			const time = starts.time;
			const session = begin(starts.pop(), time);
			if (session !== void 0) enqueue(session);
			return;
		}
		const session = running.pop();
		const offline = !Number.isNaN(session.deliveredAt);
		do
			playActivity(world, random, session, emit);
		while (offline && session.position < session.length);
		if (session.position < session.length) enqueue(session);
	}
	for (let student = 0; student < world.students; student += 1) schedule(student, world.start);
	for (const session of botSessions(world)) enqueue(session);
	const settled = from - sessionMaxMs(world) - deliveryMaxMs(world);
	while (starts.time < settled) {
		const time = starts.time;
		const session = begin(starts.pop(), time);
		if (session !== void 0 && session.deliveredAt >= settled) enqueue(session);
	}
	return { next(until) {
		for (;;) {
			const clock = Math.min(starts.time, running.time);
			const due = pending.time;
			if (due <= clock && due < until) return pending.pop();
			if (clock >= until) return void 0;
			step();
		}
	} };
}
// sources/campus/truth.ts
/**
* The planted truth: what a correct engine must find, in one place. Whatever is not a plain number is a function of what
* the events carry. All `…Ms` are milliseconds after `start` or durations.
*/
function truthOf(world, recordsPerSecond) {
	const { seed, plan, start, items, zoneOffsetMs } = world;
	const { offlineShare, slowShare } = plan.delivery;
	const random = randomState();
	return {
		start,
		plan,
		recordsPerSecond,
		lateShare: offlineShare + (1 - offlineShare) * slowShare,
		defects: defects.map(({ name, code }) => ({
			name,
			code
		})),
		suggestions: {
			probability: suggestionProbability,
			rewards: suggestionRewards,
			values: suggestionValues
		},
		items: items.map(({ name, skill, topic, difficulty, discrimination }) => ({
			name,
			skill: skills[skill],
			topic: topics[topic],
			difficulty,
			discrimination
		})),
		student(student) {
			const traits = {
				chronotype: 0,
				diligence: 1,
				pace: 1
			};
			readTraits(random, seed, student, traits);
			return {
				...traits,
				programme: programmes[programmeOf(student)].name,
				abilities: skills.map((_, skill) => abilityOf(random, seed, student, skill)),
				affinities: topics.map((_, topic) => affinityOf(random, seed, student, topic))
			};
		},
		correctProbability(student, item, answers, sinceMs) {
			const found = items[item];
			if (found === void 0) throw new RangeError(`item: expected in [0, ${items.length}), got ${item}`);
			const before = abilityOf(random, seed, student, found.skill);
			return correctProbability(plan, found, abilityAfter(plan, before, answers), sinceMs);
		},
		intensity(time) {
			const local = time + zoneOffsetMs;
			return (intensityAt(0, local) + intensityAt(1, local) + intensityAt(2, local)) / 3;
		}
	};
}
// sources/campus/plan.ts
/** What is planted when: the exact conditions under which a campus runs. All times are ms after the campus start. */
const hourMs$1 = 36e5;
/** No anomaly, no drift, no delay but the network's, every record well-formed: what a test overrides. */
const calm = {
	revisions: [],
	tasteDrifts: [],
	outages: [],
	bursts: [],
	latencySpikes: [],
	bots: [],
	holidays: [],
	delivery: {
		networkMeanMs: 400,
		slowShare: 0,
		slowMs: [6e4, 6e5],
		offlineShare: 0,
		offlineMs: [2 * hourMs$1, 8 * hourMs$1],
		duplicateShare: 0,
		duplicateMs: [1e3, 3e5],
		malformedShare: 0
	}
};
// sources/campus/defaultPlan.ts
/** The plan of the demo: something of everything in the first three days, then something every day. */
const hourMs = 36e5;
const dayMs = 24 * hourMs;
/**
* The plan of the demo. The first three days hold one of everything, then an anomaly a day for four weeks.
*
* | after the start | local hour | planted |
* | --- | --- | --- |
* | day 0 | 10:20 | burst, 10 min, 3 × |
* | day 0 | 14:00 | bot, 20 min, 3 answers/s; daily for the four weeks, another student each day |
* | 0 … 48 h | | students join the three experiments |
* | 12 h | | `worked-hints` (effect +0.12) goes from 20 % to 50 % |
* | always | | `streak-badges` has no effect, but its treatment answers later; `focus-mode` has none, and loses the exposures of 30 % of those who are treated |
* | day 1 | 9:30 | outage, 20 min, 4 % of events kept |
* | day 1 | 15:10 | latency spike, 15 min, 6 × |
* | day 1 | 12:00 | taste drift: `sports` −1.2, `climate` +0.8 |
* | day 2 | 8:00 | revision: `algebra` +1.2 logits |
* | day 9 | | a day off, 25 % of the sessions; day 16: `biology` +0.8 logits |
*
* @param start        ms since 1970
* @param zoneOffsetMs local time less UTC
* @param rate         sessions per student, relative to the natural rate: practice becomes as much more frequent
*/
function defaultPlan(start, zoneOffsetMs, rate) {
	/** The first time at or after start + day days when the local clock shows the hour, ms after the start. */
	const at = (day, hour) => {
		const local = start + zoneOffsetMs;
		const ofDay = local - Math.floor(local / dayMs) * dayMs;
		return day * dayMs + ((hour * hourMs - ofDay) % dayMs + dayMs) % dayMs;
	};
	const span = (day, hour, minutes) => {
		const fromMs = at(day, hour);
		return {
			fromMs,
			toMs: fromMs + minutes * 6e4
		};
	};
	const weeks = [
		0,
		7,
		14,
		21
	];
	const days = Array.from({ length: 28 }, (_, day) => day);
	return {
		experiments: [
			{
				name: "worked-hints",
				variants: ["plain-hints", "worked-hints"],
				stages: [{
					name: "ramp",
					fromMs: 0,
					probability: .2
				}, {
					name: "full",
					fromMs: 12 * hourMs,
					probability: .5
				}],
				joinWithinMs: 48 * hourMs,
				baseRate: .35,
				baseSpread: .12,
				effect: .12,
				outcomeDelayMeanMs: [3e5, 3e5],
				exposureLostShare: [0, 0]
			},
			{
				name: "streak-badges",
				variants: ["no-badges", "badges"],
				stages: [{
					name: "full",
					fromMs: 0,
					probability: .5
				}],
				joinWithinMs: 48 * hourMs,
				baseRate: .4,
				baseSpread: .12,
				effect: 0,
				outcomeDelayMeanMs: [18e4, 9e5],
				exposureLostShare: [0, 0]
			},
			{
				name: "focus-mode",
				variants: ["usual-page", "focus-page"],
				stages: [{
					name: "full",
					fromMs: 0,
					probability: .5
				}],
				joinWithinMs: 48 * hourMs,
				baseRate: .45,
				baseSpread: .12,
				effect: 0,
				outcomeDelayMeanMs: [24e4, 24e4],
				exposureLostShare: [0, .3]
			}
		],
		revisions: [{
			atMs: at(2, 8),
			skill: 0,
			difficultyShift: 1.2
		}, {
			atMs: at(16, 8),
			skill: 7,
			difficultyShift: .8
		}],
		tasteDrifts: [{
			atMs: at(1, 12),
			topic: 1,
			shift: -1.2
		}, {
			atMs: at(1, 12),
			topic: 9,
			shift: .8
		}],
		outages: weeks.map((day) => ({
			...span(day + 1, 9.5, 20),
			keptShare: .04
		})),
		bursts: weeks.flatMap((day) => [day, day + 3]).map((day) => ({
			...span(day, 10 + 20 / 60, 10),
			factor: 3
		})),
		latencySpikes: weeks.flatMap((day) => [day + 1, day + 5]).map((day) => ({
			...span(day, 15 + 10 / 60, 15),
			factor: 6
		})),
		bots: days.map((day) => ({
			...span(day, 14, 20),
			student: 7 + 13 * day,
			everyMs: 333
		})),
		holidays: [{
			...span(9, 0, 1440),
			keptShare: .25
		}],
		delivery: {
			...calm.delivery,
			slowShare: .015,
			offlineShare: .012,
			duplicateShare: .01,
			malformedShare: .004
		},
		learning: {
			gain: 1.5,
			practice: 52 * Math.max(1, rate)
		}
	};
}
// sources/campus/items.ts
/** The item bank: each item has a skill, a topic, a format, and the two parameters of its item response curve. */
/** Of five items of a skill, three are exercises, one a video, one a reading. */
const formatCycle = [
	0,
	0,
	0,
	1,
	2
];
/** @returns `count` items; item i is the same for every count */
function itemBank(seed, count) {
	const random = randomState();
	return Array.from({ length: count }, (_, index) => {
		reseed(random, seed ^ 1769235821, index, 0);
		return {
			name: `item-${String(index).padStart(4, "0")}`,
			skill: index % skills.length,
			topic: below(random, topics.length),
			format: formatCycle[Math.floor(index / skills.length) % formatCycle.length],
			difficulty: normal(random),
			discrimination: Math.exp(.25 * normal(random))
		};
	});
}
/** Indices of the items of each skill that `keep` accepts. */
function itemsBySkill(items, keep) {
	return skills.map((_, skill) => {
		const indices = items.flatMap((item, index) => item.skill === skill && keep(item) ? [index] : []);
		return Int32Array.from(indices);
	});
}
// sources/campus/world.ts
/** The fixed part of a campus: everything that does not change while it runs, made from the options. */
/** Sessions per student and week at the natural rate. */
const sessionsPerWeek = 20;
/** Multiple of the natural rate at which a student is always in a session. */
const busyRate = 50;
function integerWithin(name, value, low, high) {
	if (!Number.isInteger(value) || value < low || value > high) throw new RangeError(`${name}: expected an integer in [${low}, ${high}], got ${value}`);
}
function share$1(name, value) {
	if (!(value >= 0 && value < 1)) throw new RangeError(`${name}: expected in [0, 1), got ${value}`);
}
/** @throws RangeError when an option is out of its range */
function createWorld(options) {
	const { seed, start, students = 2e3, items: itemCount = 400, zoneOffsetMs = 0 } = options;
	integerWithin("seed", seed, -2147483648, 4294967295);
	integerWithin("start", start, 0, 864e13);
	integerWithin("students", students, 1, 1e6);
	integerWithin("items", itemCount, 40, 9999);
	integerWithin("zoneOffsetMs", zoneOffsetMs, -864e5, 864e5);
	const { intensity } = options;
	if (intensity !== void 0 && !(intensity > 0 && intensity < Infinity)) throw new RangeError(`intensity: expected > 0, got ${intensity}`);
	const natural = sessionsPerWeek / 168;
	const draft = {
		...defaultPlan(start, zoneOffsetMs, 1),
		...options.plan
	};
	const { duplicateShare, malformedShare } = draft.delivery;
	const recordsPerSession = eventsPerSession(draft.experiments.length > 0) * (1 + duplicateShare + malformedShare);
	const sessionsPerHour = intensity === void 0 ? natural : intensity * 3600 / (recordsPerSession * students);
	const rate = sessionsPerHour / natural;
	const { edition = 1 } = options;
	integerWithin("edition", edition, 1, 1e6);
	const planned = {
		...defaultPlan(start, zoneOffsetMs, rate),
		...options.plan
	};
	const plan = {
		...planned,
		experiments: planned.experiments.map((each) => named(each, edition))
	};
	checkPlan(plan);
	const items = itemBank(seed, itemCount);
	return {
		seed,
		start,
		run: Math.floor(start / 1e3).toString(36),
		students,
		zoneOffsetMs,
		sessionsPerHour,
		haste: Math.min(1, busyRate / rate),
		items,
		exercises: itemsBySkill(items, (item) => item.format === 0),
		materials: itemsBySkill(items, (item) => item.format !== 0),
		plan
	};
}
function named(experiment, edition) {
	return edition === 1 ? experiment : {
		...experiment,
		name: `${experiment.name}-${edition}`
	};
}
function checkPlan(plan) {
	const { delivery } = plan;
	share$1("plan.delivery.slowShare", delivery.slowShare);
	share$1("plan.delivery.offlineShare", delivery.offlineShare);
	share$1("plan.delivery.duplicateShare", delivery.duplicateShare);
	share$1("plan.delivery.malformedShare", delivery.malformedShare);
	for (const { factor } of plan.bursts) integerWithin("plan.bursts.factor", factor, 2, 16);
	for (const { skill } of plan.revisions) integerWithin("plan.revisions.skill", skill, 0, skills.length - 1);
	for (const { topic } of plan.tasteDrifts) integerWithin("plan.tasteDrifts.topic", topic, 0, topics.length - 1);
	for (const { everyMs } of plan.bots) integerWithin("plan.bots.everyMs", everyMs, 1, 36e5);
	for (const { name, baseRate, baseSpread, effect, exposureLostShare } of plan.experiments) {
		for (const lost of exposureLostShare) share$1(`plan.experiments.${name}.exposureLostShare`, lost);
		const low = baseRate - baseSpread + Math.min(0, effect);
		const high = baseRate + baseSpread + Math.max(0, effect);
		if (!(low >= 0 && high <= 1)) throw new RangeError(`plan.experiments.${name}: expected rates in [0, 1], got ${low} … ${high}`);
	}
}
// sources/campus/campus.ts
/** @throws RangeError when an option is out of its range */
function createCampus(options) {
	const world = createWorld(options);
	const { duplicateShare, malformedShare } = world.plan.delivery;
	const recordsPerSecond = eventsPerSession(world.plan.experiments.length > 0) * (1 + duplicateShare + malformedShare) * world.sessionsPerHour * world.students / 3600;
	function textOf(arrival, iso) {
		const text = eventText(world, arrival.activity, iso, arrival.latencyMs);
		return arrival.defect < 0 ? text : defects[arrival.defect].spoil(text);
	}
	function* events(from, to) {
		const arrivals = openArrivals(world, from);
		const iso = isoWriter();
		for (let arrival = arrivals.next(to); arrival !== void 0; arrival = arrivals.next(to)) {
			const { activity, defect, kind, arrivalTime } = arrival;
			yield {
				arrivalTime,
				eventTime: activity.time,
				bytes: Buffer.from(textOf(arrival, iso), "latin1"),
				kind,
				defect: defect < 0 ? void 0 : defects[defect].name,
				type: activity.type,
				student: activity.session.student,
				bot: activity.session.botEveryMs > 0,
				probability: activity.probability
			};
		}
	}
	function open(from = world.start) {
		const arrivals = openArrivals(world, from);
		const iso = isoWriter();
		let sizeBefore = 4096;
		return { advance(until, lengthMax) {
			if (!(lengthMax > 0)) throw new RangeError(`lengthMax: expected > 0, got ${lengthMax}`);
			let buffer = Buffer.allocUnsafe(sizeBefore);
			const ends = [];
			let size = 0;
			let arrivalTime = NaN;
			while (ends.length < lengthMax) {
				const arrival = arrivals.next(until);
				if (arrival === void 0) break;
				const text = textOf(arrival, iso);
				if (size + text.length > buffer.length) {
					const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, size + text.length));
					buffer.copy(grown, 0, 0, size);
					buffer = grown;
				}
				size += buffer.write(text, size, "latin1");
				ends.push(size);
				arrivalTime = arrival.arrivalTime;
			}
			sizeBefore = Math.max(4096, size + (size >> 4));
			const bytes = buffer.subarray(0, size);
			return {
				length: ends.length,
				bytes,
				ends: Int32Array.from(ends),
				arrivalTime
			};
		} };
	}
	const truth = truthOf(world, recordsPerSecond);
	return {
		start: world.start,
		students: world.students,
		truth,
		events,
		open
	};
}
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isFunction.js
var require_isFunction = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isFunction = void 0;
	function isFunction(value) {
		return typeof value === "function";
	}
	exports.isFunction = isFunction;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/createErrorClass.js
var require_createErrorClass = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.createErrorClass = void 0;
	function createErrorClass(createImpl) {
		var _super = function(instance) {
			Error.call(instance);
			instance.stack = (/* @__PURE__ */ new Error()).stack;
		};
		var ctorFunc = createImpl(_super);
		ctorFunc.prototype = Object.create(Error.prototype);
		ctorFunc.prototype.constructor = ctorFunc;
		return ctorFunc;
	}
	exports.createErrorClass = createErrorClass;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/UnsubscriptionError.js
var require_UnsubscriptionError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.UnsubscriptionError = void 0;
	exports.UnsubscriptionError = require_createErrorClass().createErrorClass(function(_super) {
		return function UnsubscriptionErrorImpl(errors) {
			_super(this);
			this.message = errors ? errors.length + " errors occurred during unsubscription:\n" + errors.map(function(err, i) {
				return i + 1 + ") " + err.toString();
			}).join("\n  ") : "";
			this.name = "UnsubscriptionError";
			this.errors = errors;
		};
	});
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/arrRemove.js
var require_arrRemove = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.arrRemove = void 0;
	function arrRemove(arr, item) {
		if (arr) {
			var index = arr.indexOf(item);
			0 <= index && arr.splice(index, 1);
		}
	}
	exports.arrRemove = arrRemove;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/Subscription.js
var require_Subscription = /* @__PURE__ */ __commonJSMin(((exports, module, this$49) => {
	var __values = this$49 && this$49.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	var __read = this$49 && this$49.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$49 && this$49.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isSubscription = exports.EMPTY_SUBSCRIPTION = exports.Subscription = void 0;
	var isFunction_1 = require_isFunction();
	var UnsubscriptionError_1 = require_UnsubscriptionError();
	var arrRemove_1 = require_arrRemove();
	var Subscription = function() {
		function Subscription(initialTeardown) {
			this.initialTeardown = initialTeardown;
			this.closed = false;
			this._parentage = null;
			this._finalizers = null;
		}
		Subscription.prototype.unsubscribe = function() {
			var e_1, _a, e_2, _b;
			var errors;
			if (!this.closed) {
				this.closed = true;
				var _parentage = this._parentage;
				if (_parentage) {
					this._parentage = null;
					if (Array.isArray(_parentage)) try {
						for (var _parentage_1 = __values(_parentage), _parentage_1_1 = _parentage_1.next(); !_parentage_1_1.done; _parentage_1_1 = _parentage_1.next()) _parentage_1_1.value.remove(this);
					} catch (e_1_1) {
						e_1 = { error: e_1_1 };
					} finally {
						try {
							if (_parentage_1_1 && !_parentage_1_1.done && (_a = _parentage_1.return)) _a.call(_parentage_1);
						} finally {
							if (e_1) throw e_1.error;
						}
					}
					else _parentage.remove(this);
				}
				var initialFinalizer = this.initialTeardown;
				if (isFunction_1.isFunction(initialFinalizer)) try {
					initialFinalizer();
				} catch (e) {
					errors = e instanceof UnsubscriptionError_1.UnsubscriptionError ? e.errors : [e];
				}
				var _finalizers = this._finalizers;
				if (_finalizers) {
					this._finalizers = null;
					try {
						for (var _finalizers_1 = __values(_finalizers), _finalizers_1_1 = _finalizers_1.next(); !_finalizers_1_1.done; _finalizers_1_1 = _finalizers_1.next()) {
							var finalizer = _finalizers_1_1.value;
							try {
								execFinalizer(finalizer);
							} catch (err) {
								errors = errors !== null && errors !== void 0 ? errors : [];
								if (err instanceof UnsubscriptionError_1.UnsubscriptionError) errors = __spreadArray(__spreadArray([], __read(errors)), __read(err.errors));
								else errors.push(err);
							}
						}
					} catch (e_2_1) {
						e_2 = { error: e_2_1 };
					} finally {
						try {
							if (_finalizers_1_1 && !_finalizers_1_1.done && (_b = _finalizers_1.return)) _b.call(_finalizers_1);
						} finally {
							if (e_2) throw e_2.error;
						}
					}
				}
				if (errors) throw new UnsubscriptionError_1.UnsubscriptionError(errors);
			}
		};
		Subscription.prototype.add = function(teardown) {
			var _a;
			if (teardown && teardown !== this) {
				if (this.closed) execFinalizer(teardown);
				else {
					if (teardown instanceof Subscription) {
						if (teardown.closed || teardown._hasParent(this)) return;
						teardown._addParent(this);
					}
					(this._finalizers = (_a = this._finalizers) !== null && _a !== void 0 ? _a : []).push(teardown);
				}
			}
		};
		Subscription.prototype._hasParent = function(parent) {
			var _parentage = this._parentage;
			return _parentage === parent || Array.isArray(_parentage) && _parentage.includes(parent);
		};
		Subscription.prototype._addParent = function(parent) {
			var _parentage = this._parentage;
			this._parentage = Array.isArray(_parentage) ? (_parentage.push(parent), _parentage) : _parentage ? [_parentage, parent] : parent;
		};
		Subscription.prototype._removeParent = function(parent) {
			var _parentage = this._parentage;
			if (_parentage === parent) this._parentage = null;
			else if (Array.isArray(_parentage)) arrRemove_1.arrRemove(_parentage, parent);
		};
		Subscription.prototype.remove = function(teardown) {
			var _finalizers = this._finalizers;
			_finalizers && arrRemove_1.arrRemove(_finalizers, teardown);
			if (teardown instanceof Subscription) teardown._removeParent(this);
		};
		Subscription.EMPTY = (function() {
			var empty = new Subscription();
			empty.closed = true;
			return empty;
		})();
		return Subscription;
	}();
	exports.Subscription = Subscription;
	exports.EMPTY_SUBSCRIPTION = Subscription.EMPTY;
	function isSubscription(value) {
		return value instanceof Subscription || value && "closed" in value && isFunction_1.isFunction(value.remove) && isFunction_1.isFunction(value.add) && isFunction_1.isFunction(value.unsubscribe);
	}
	exports.isSubscription = isSubscription;
	function execFinalizer(finalizer) {
		if (isFunction_1.isFunction(finalizer)) finalizer();
		else finalizer.unsubscribe();
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/config.js
var require_config = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.config = void 0;
	exports.config = {
		onUnhandledError: null,
		onStoppedNotification: null,
		Promise: void 0,
		useDeprecatedSynchronousErrorHandling: false,
		useDeprecatedNextContext: false
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/timeoutProvider.js
var require_timeoutProvider = /* @__PURE__ */ __commonJSMin(((exports, module, this$48) => {
	var __read = this$48 && this$48.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$48 && this$48.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.timeoutProvider = void 0;
	exports.timeoutProvider = {
		setTimeout: function(handler, timeout) {
			var args = [];
			for (var _i = 2; _i < arguments.length; _i++) args[_i - 2] = arguments[_i];
			var delegate = exports.timeoutProvider.delegate;
			if (delegate === null || delegate === void 0 ? void 0 : delegate.setTimeout) return delegate.setTimeout.apply(delegate, __spreadArray([handler, timeout], __read(args)));
			return setTimeout.apply(void 0, __spreadArray([handler, timeout], __read(args)));
		},
		clearTimeout: function(handle) {
			var delegate = exports.timeoutProvider.delegate;
			return ((delegate === null || delegate === void 0 ? void 0 : delegate.clearTimeout) || clearTimeout)(handle);
		},
		delegate: void 0
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/reportUnhandledError.js
var require_reportUnhandledError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.reportUnhandledError = void 0;
	var config_1 = require_config();
	var timeoutProvider_1 = require_timeoutProvider();
	function reportUnhandledError(err) {
		timeoutProvider_1.timeoutProvider.setTimeout(function() {
			var onUnhandledError = config_1.config.onUnhandledError;
			if (onUnhandledError) onUnhandledError(err);
			else throw err;
		});
	}
	exports.reportUnhandledError = reportUnhandledError;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/noop.js
var require_noop = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.noop = void 0;
	function noop() {}
	exports.noop = noop;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/NotificationFactories.js
var require_NotificationFactories = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.createNotification = exports.nextNotification = exports.errorNotification = exports.COMPLETE_NOTIFICATION = void 0;
	exports.COMPLETE_NOTIFICATION = (function() {
		return createNotification("C", void 0, void 0);
	})();
	function errorNotification(error) {
		return createNotification("E", void 0, error);
	}
	exports.errorNotification = errorNotification;
	function nextNotification(value) {
		return createNotification("N", value, void 0);
	}
	exports.nextNotification = nextNotification;
	function createNotification(kind, value, error) {
		return {
			kind,
			value,
			error
		};
	}
	exports.createNotification = createNotification;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/errorContext.js
var require_errorContext = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.captureError = exports.errorContext = void 0;
	var config_1 = require_config();
	var context = null;
	function errorContext(cb) {
		if (config_1.config.useDeprecatedSynchronousErrorHandling) {
			var isRoot = !context;
			if (isRoot) context = {
				errorThrown: false,
				error: null
			};
			cb();
			if (isRoot) {
				var _a = context, errorThrown = _a.errorThrown, error = _a.error;
				context = null;
				if (errorThrown) throw error;
			}
		} else cb();
	}
	exports.errorContext = errorContext;
	function captureError(err) {
		if (config_1.config.useDeprecatedSynchronousErrorHandling && context) {
			context.errorThrown = true;
			context.error = err;
		}
	}
	exports.captureError = captureError;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/Subscriber.js
var require_Subscriber = /* @__PURE__ */ __commonJSMin(((exports, module, this$47) => {
	var __extends = this$47 && this$47.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.EMPTY_OBSERVER = exports.SafeSubscriber = exports.Subscriber = void 0;
	var isFunction_1 = require_isFunction();
	var Subscription_1 = require_Subscription();
	var config_1 = require_config();
	var reportUnhandledError_1 = require_reportUnhandledError();
	var noop_1 = require_noop();
	var NotificationFactories_1 = require_NotificationFactories();
	var timeoutProvider_1 = require_timeoutProvider();
	var errorContext_1 = require_errorContext();
	var Subscriber = function(_super) {
		__extends(Subscriber, _super);
		function Subscriber(destination) {
			var _this = _super.call(this) || this;
			_this.isStopped = false;
			if (destination) {
				_this.destination = destination;
				if (Subscription_1.isSubscription(destination)) destination.add(_this);
			} else _this.destination = exports.EMPTY_OBSERVER;
			return _this;
		}
		Subscriber.create = function(next, error, complete) {
			return new SafeSubscriber(next, error, complete);
		};
		Subscriber.prototype.next = function(value) {
			if (this.isStopped) handleStoppedNotification(NotificationFactories_1.nextNotification(value), this);
			else this._next(value);
		};
		Subscriber.prototype.error = function(err) {
			if (this.isStopped) handleStoppedNotification(NotificationFactories_1.errorNotification(err), this);
			else {
				this.isStopped = true;
				this._error(err);
			}
		};
		Subscriber.prototype.complete = function() {
			if (this.isStopped) handleStoppedNotification(NotificationFactories_1.COMPLETE_NOTIFICATION, this);
			else {
				this.isStopped = true;
				this._complete();
			}
		};
		Subscriber.prototype.unsubscribe = function() {
			if (!this.closed) {
				this.isStopped = true;
				_super.prototype.unsubscribe.call(this);
				this.destination = null;
			}
		};
		Subscriber.prototype._next = function(value) {
			this.destination.next(value);
		};
		Subscriber.prototype._error = function(err) {
			try {
				this.destination.error(err);
			} finally {
				this.unsubscribe();
			}
		};
		Subscriber.prototype._complete = function() {
			try {
				this.destination.complete();
			} finally {
				this.unsubscribe();
			}
		};
		return Subscriber;
	}(Subscription_1.Subscription);
	exports.Subscriber = Subscriber;
	var _bind = Function.prototype.bind;
	function bind(fn, thisArg) {
		return _bind.call(fn, thisArg);
	}
	var ConsumerObserver = function() {
		function ConsumerObserver(partialObserver) {
			this.partialObserver = partialObserver;
		}
		ConsumerObserver.prototype.next = function(value) {
			var partialObserver = this.partialObserver;
			if (partialObserver.next) try {
				partialObserver.next(value);
			} catch (error) {
				handleUnhandledError(error);
			}
		};
		ConsumerObserver.prototype.error = function(err) {
			var partialObserver = this.partialObserver;
			if (partialObserver.error) try {
				partialObserver.error(err);
			} catch (error) {
				handleUnhandledError(error);
			}
			else handleUnhandledError(err);
		};
		ConsumerObserver.prototype.complete = function() {
			var partialObserver = this.partialObserver;
			if (partialObserver.complete) try {
				partialObserver.complete();
			} catch (error) {
				handleUnhandledError(error);
			}
		};
		return ConsumerObserver;
	}();
	var SafeSubscriber = function(_super) {
		__extends(SafeSubscriber, _super);
		function SafeSubscriber(observerOrNext, error, complete) {
			var _this = _super.call(this) || this;
			var partialObserver;
			if (isFunction_1.isFunction(observerOrNext) || !observerOrNext) partialObserver = {
				next: observerOrNext !== null && observerOrNext !== void 0 ? observerOrNext : void 0,
				error: error !== null && error !== void 0 ? error : void 0,
				complete: complete !== null && complete !== void 0 ? complete : void 0
			};
			else {
				var context_1;
				if (_this && config_1.config.useDeprecatedNextContext) {
					context_1 = Object.create(observerOrNext);
					context_1.unsubscribe = function() {
						return _this.unsubscribe();
					};
					partialObserver = {
						next: observerOrNext.next && bind(observerOrNext.next, context_1),
						error: observerOrNext.error && bind(observerOrNext.error, context_1),
						complete: observerOrNext.complete && bind(observerOrNext.complete, context_1)
					};
				} else partialObserver = observerOrNext;
			}
			_this.destination = new ConsumerObserver(partialObserver);
			return _this;
		}
		return SafeSubscriber;
	}(Subscriber);
	exports.SafeSubscriber = SafeSubscriber;
	function handleUnhandledError(error) {
		if (config_1.config.useDeprecatedSynchronousErrorHandling) errorContext_1.captureError(error);
		else reportUnhandledError_1.reportUnhandledError(error);
	}
	function defaultErrorHandler(err) {
		throw err;
	}
	function handleStoppedNotification(notification, subscriber) {
		var onStoppedNotification = config_1.config.onStoppedNotification;
		onStoppedNotification && timeoutProvider_1.timeoutProvider.setTimeout(function() {
			return onStoppedNotification(notification, subscriber);
		});
	}
	exports.EMPTY_OBSERVER = {
		closed: true,
		next: noop_1.noop,
		error: defaultErrorHandler,
		complete: noop_1.noop
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/symbol/observable.js
var require_observable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.observable = void 0;
	exports.observable = (function() {
		return typeof Symbol === "function" && Symbol.observable || "@@observable";
	})();
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/identity.js
var require_identity = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.identity = void 0;
	function identity(x) {
		return x;
	}
	exports.identity = identity;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/pipe.js
var require_pipe = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.pipeFromArray = exports.pipe = void 0;
	var identity_1 = require_identity();
	function pipe() {
		var fns = [];
		for (var _i = 0; _i < arguments.length; _i++) fns[_i] = arguments[_i];
		return pipeFromArray(fns);
	}
	exports.pipe = pipe;
	function pipeFromArray(fns) {
		if (fns.length === 0) return identity_1.identity;
		if (fns.length === 1) return fns[0];
		return function piped(input) {
			return fns.reduce(function(prev, fn) {
				return fn(prev);
			}, input);
		};
	}
	exports.pipeFromArray = pipeFromArray;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/Observable.js
var require_Observable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Observable = void 0;
	var Subscriber_1 = require_Subscriber();
	var Subscription_1 = require_Subscription();
	var observable_1 = require_observable();
	var pipe_1 = require_pipe();
	var config_1 = require_config();
	var isFunction_1 = require_isFunction();
	var errorContext_1 = require_errorContext();
	exports.Observable = function() {
		function Observable(subscribe) {
			if (subscribe) this._subscribe = subscribe;
		}
		Observable.prototype.lift = function(operator) {
			var observable = new Observable();
			observable.source = this;
			observable.operator = operator;
			return observable;
		};
		Observable.prototype.subscribe = function(observerOrNext, error, complete) {
			var _this = this;
			var subscriber = isSubscriber(observerOrNext) ? observerOrNext : new Subscriber_1.SafeSubscriber(observerOrNext, error, complete);
			errorContext_1.errorContext(function() {
				var _a = _this, operator = _a.operator, source = _a.source;
				subscriber.add(operator ? operator.call(subscriber, source) : source ? _this._subscribe(subscriber) : _this._trySubscribe(subscriber));
			});
			return subscriber;
		};
		Observable.prototype._trySubscribe = function(sink) {
			try {
				return this._subscribe(sink);
			} catch (err) {
				sink.error(err);
			}
		};
		Observable.prototype.forEach = function(next, promiseCtor) {
			var _this = this;
			promiseCtor = getPromiseCtor(promiseCtor);
			return new promiseCtor(function(resolve, reject) {
				var subscriber = new Subscriber_1.SafeSubscriber({
					next: function(value) {
						try {
							next(value);
						} catch (err) {
							reject(err);
							subscriber.unsubscribe();
						}
					},
					error: reject,
					complete: resolve
				});
				_this.subscribe(subscriber);
			});
		};
		Observable.prototype._subscribe = function(subscriber) {
			var _a;
			return (_a = this.source) === null || _a === void 0 ? void 0 : _a.subscribe(subscriber);
		};
		Observable.prototype[observable_1.observable] = function() {
			return this;
		};
		Observable.prototype.pipe = function() {
			var operations = [];
			for (var _i = 0; _i < arguments.length; _i++) operations[_i] = arguments[_i];
			return pipe_1.pipeFromArray(operations)(this);
		};
		Observable.prototype.toPromise = function(promiseCtor) {
			var _this = this;
			promiseCtor = getPromiseCtor(promiseCtor);
			return new promiseCtor(function(resolve, reject) {
				var value;
				_this.subscribe(function(x) {
					return value = x;
				}, function(err) {
					return reject(err);
				}, function() {
					return resolve(value);
				});
			});
		};
		Observable.create = function(subscribe) {
			return new Observable(subscribe);
		};
		return Observable;
	}();
	function getPromiseCtor(promiseCtor) {
		var _a;
		return (_a = promiseCtor !== null && promiseCtor !== void 0 ? promiseCtor : config_1.config.Promise) !== null && _a !== void 0 ? _a : Promise;
	}
	function isObserver(value) {
		return value && isFunction_1.isFunction(value.next) && isFunction_1.isFunction(value.error) && isFunction_1.isFunction(value.complete);
	}
	function isSubscriber(value) {
		return value && value instanceof Subscriber_1.Subscriber || isObserver(value) && Subscription_1.isSubscription(value);
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/lift.js
var require_lift = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.operate = exports.hasLift = void 0;
	var isFunction_1 = require_isFunction();
	function hasLift(source) {
		return isFunction_1.isFunction(source === null || source === void 0 ? void 0 : source.lift);
	}
	exports.hasLift = hasLift;
	function operate(init) {
		return function(source) {
			if (hasLift(source)) return source.lift(function(liftedSource) {
				try {
					return init(liftedSource, this);
				} catch (err) {
					this.error(err);
				}
			});
			throw new TypeError("Unable to lift unknown Observable type");
		};
	}
	exports.operate = operate;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/OperatorSubscriber.js
var require_OperatorSubscriber = /* @__PURE__ */ __commonJSMin(((exports, module, this$46) => {
	var __extends = this$46 && this$46.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.OperatorSubscriber = exports.createOperatorSubscriber = void 0;
	var Subscriber_1 = require_Subscriber();
	function createOperatorSubscriber(destination, onNext, onComplete, onError, onFinalize) {
		return new OperatorSubscriber(destination, onNext, onComplete, onError, onFinalize);
	}
	exports.createOperatorSubscriber = createOperatorSubscriber;
	var OperatorSubscriber = function(_super) {
		__extends(OperatorSubscriber, _super);
		function OperatorSubscriber(destination, onNext, onComplete, onError, onFinalize, shouldUnsubscribe) {
			var _this = _super.call(this, destination) || this;
			_this.onFinalize = onFinalize;
			_this.shouldUnsubscribe = shouldUnsubscribe;
			_this._next = onNext ? function(value) {
				try {
					onNext(value);
				} catch (err) {
					destination.error(err);
				}
			} : _super.prototype._next;
			_this._error = onError ? function(err) {
				try {
					onError(err);
				} catch (err) {
					destination.error(err);
				} finally {
					this.unsubscribe();
				}
			} : _super.prototype._error;
			_this._complete = onComplete ? function() {
				try {
					onComplete();
				} catch (err) {
					destination.error(err);
				} finally {
					this.unsubscribe();
				}
			} : _super.prototype._complete;
			return _this;
		}
		OperatorSubscriber.prototype.unsubscribe = function() {
			var _a;
			if (!this.shouldUnsubscribe || this.shouldUnsubscribe()) {
				var closed_1 = this.closed;
				_super.prototype.unsubscribe.call(this);
				!closed_1 && ((_a = this.onFinalize) === null || _a === void 0 || _a.call(this));
			}
		};
		return OperatorSubscriber;
	}(Subscriber_1.Subscriber);
	exports.OperatorSubscriber = OperatorSubscriber;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/refCount.js
var require_refCount = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.refCount = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function refCount() {
		return lift_1.operate(function(source, subscriber) {
			var connection = null;
			source._refCount++;
			var refCounter = OperatorSubscriber_1.createOperatorSubscriber(subscriber, void 0, void 0, void 0, function() {
				if (!source || source._refCount <= 0 || 0 < --source._refCount) {
					connection = null;
					return;
				}
				var sharedConnection = source._connection;
				var conn = connection;
				connection = null;
				if (sharedConnection && (!conn || sharedConnection === conn)) sharedConnection.unsubscribe();
				subscriber.unsubscribe();
			});
			source.subscribe(refCounter);
			if (!refCounter.closed) connection = source.connect();
		});
	}
	exports.refCount = refCount;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/ConnectableObservable.js
var require_ConnectableObservable = /* @__PURE__ */ __commonJSMin(((exports, module, this$45) => {
	var __extends = this$45 && this$45.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ConnectableObservable = void 0;
	var Observable_1 = require_Observable();
	var Subscription_1 = require_Subscription();
	var refCount_1 = require_refCount();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var lift_1 = require_lift();
	exports.ConnectableObservable = function(_super) {
		__extends(ConnectableObservable, _super);
		function ConnectableObservable(source, subjectFactory) {
			var _this = _super.call(this) || this;
			_this.source = source;
			_this.subjectFactory = subjectFactory;
			_this._subject = null;
			_this._refCount = 0;
			_this._connection = null;
			if (lift_1.hasLift(source)) _this.lift = source.lift;
			return _this;
		}
		ConnectableObservable.prototype._subscribe = function(subscriber) {
			return this.getSubject().subscribe(subscriber);
		};
		ConnectableObservable.prototype.getSubject = function() {
			var subject = this._subject;
			if (!subject || subject.isStopped) this._subject = this.subjectFactory();
			return this._subject;
		};
		ConnectableObservable.prototype._teardown = function() {
			this._refCount = 0;
			var _connection = this._connection;
			this._subject = this._connection = null;
			_connection === null || _connection === void 0 || _connection.unsubscribe();
		};
		ConnectableObservable.prototype.connect = function() {
			var _this = this;
			var connection = this._connection;
			if (!connection) {
				connection = this._connection = new Subscription_1.Subscription();
				var subject_1 = this.getSubject();
				connection.add(this.source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subject_1, void 0, function() {
					_this._teardown();
					subject_1.complete();
				}, function(err) {
					_this._teardown();
					subject_1.error(err);
				}, function() {
					return _this._teardown();
				})));
				if (connection.closed) {
					this._connection = null;
					connection = Subscription_1.Subscription.EMPTY;
				}
			}
			return connection;
		};
		ConnectableObservable.prototype.refCount = function() {
			return refCount_1.refCount()(this);
		};
		return ConnectableObservable;
	}(Observable_1.Observable);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/performanceTimestampProvider.js
var require_performanceTimestampProvider = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.performanceTimestampProvider = void 0;
	exports.performanceTimestampProvider = {
		now: function() {
			return (exports.performanceTimestampProvider.delegate || performance).now();
		},
		delegate: void 0
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/animationFrameProvider.js
var require_animationFrameProvider = /* @__PURE__ */ __commonJSMin(((exports, module, this$44) => {
	var __read = this$44 && this$44.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$44 && this$44.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.animationFrameProvider = void 0;
	var Subscription_1 = require_Subscription();
	exports.animationFrameProvider = {
		schedule: function(callback) {
			var request = requestAnimationFrame;
			var cancel = cancelAnimationFrame;
			var delegate = exports.animationFrameProvider.delegate;
			if (delegate) {
				request = delegate.requestAnimationFrame;
				cancel = delegate.cancelAnimationFrame;
			}
			var handle = request(function(timestamp) {
				cancel = void 0;
				callback(timestamp);
			});
			return new Subscription_1.Subscription(function() {
				return cancel === null || cancel === void 0 ? void 0 : cancel(handle);
			});
		},
		requestAnimationFrame: function() {
			var args = [];
			for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
			var delegate = exports.animationFrameProvider.delegate;
			return ((delegate === null || delegate === void 0 ? void 0 : delegate.requestAnimationFrame) || requestAnimationFrame).apply(void 0, __spreadArray([], __read(args)));
		},
		cancelAnimationFrame: function() {
			var args = [];
			for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
			var delegate = exports.animationFrameProvider.delegate;
			return ((delegate === null || delegate === void 0 ? void 0 : delegate.cancelAnimationFrame) || cancelAnimationFrame).apply(void 0, __spreadArray([], __read(args)));
		},
		delegate: void 0
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/dom/animationFrames.js
var require_animationFrames = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.animationFrames = void 0;
	var Observable_1 = require_Observable();
	var performanceTimestampProvider_1 = require_performanceTimestampProvider();
	var animationFrameProvider_1 = require_animationFrameProvider();
	function animationFrames(timestampProvider) {
		return timestampProvider ? animationFramesFactory(timestampProvider) : DEFAULT_ANIMATION_FRAMES;
	}
	exports.animationFrames = animationFrames;
	function animationFramesFactory(timestampProvider) {
		return new Observable_1.Observable(function(subscriber) {
			var provider = timestampProvider || performanceTimestampProvider_1.performanceTimestampProvider;
			var start = provider.now();
			var id = 0;
			var run = function() {
				if (!subscriber.closed) id = animationFrameProvider_1.animationFrameProvider.requestAnimationFrame(function(timestamp) {
					id = 0;
					var now = provider.now();
					subscriber.next({
						timestamp: timestampProvider ? now : timestamp,
						elapsed: now - start
					});
					run();
				});
			};
			run();
			return function() {
				if (id) animationFrameProvider_1.animationFrameProvider.cancelAnimationFrame(id);
			};
		});
	}
	var DEFAULT_ANIMATION_FRAMES = animationFramesFactory();
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/ObjectUnsubscribedError.js
var require_ObjectUnsubscribedError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ObjectUnsubscribedError = void 0;
	exports.ObjectUnsubscribedError = require_createErrorClass().createErrorClass(function(_super) {
		return function ObjectUnsubscribedErrorImpl() {
			_super(this);
			this.name = "ObjectUnsubscribedError";
			this.message = "object unsubscribed";
		};
	});
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/Subject.js
var require_Subject = /* @__PURE__ */ __commonJSMin(((exports, module, this$43) => {
	var __extends = this$43 && this$43.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	var __values = this$43 && this$43.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AnonymousSubject = exports.Subject = void 0;
	var Observable_1 = require_Observable();
	var Subscription_1 = require_Subscription();
	var ObjectUnsubscribedError_1 = require_ObjectUnsubscribedError();
	var arrRemove_1 = require_arrRemove();
	var errorContext_1 = require_errorContext();
	var Subject = function(_super) {
		__extends(Subject, _super);
		function Subject() {
			var _this = _super.call(this) || this;
			_this.closed = false;
			_this.currentObservers = null;
			_this.observers = [];
			_this.isStopped = false;
			_this.hasError = false;
			_this.thrownError = null;
			return _this;
		}
		Subject.prototype.lift = function(operator) {
			var subject = new AnonymousSubject(this, this);
			subject.operator = operator;
			return subject;
		};
		Subject.prototype._throwIfClosed = function() {
			if (this.closed) throw new ObjectUnsubscribedError_1.ObjectUnsubscribedError();
		};
		Subject.prototype.next = function(value) {
			var _this = this;
			errorContext_1.errorContext(function() {
				var e_1, _a;
				_this._throwIfClosed();
				if (!_this.isStopped) {
					if (!_this.currentObservers) _this.currentObservers = Array.from(_this.observers);
					try {
						for (var _b = __values(_this.currentObservers), _c = _b.next(); !_c.done; _c = _b.next()) _c.value.next(value);
					} catch (e_1_1) {
						e_1 = { error: e_1_1 };
					} finally {
						try {
							if (_c && !_c.done && (_a = _b.return)) _a.call(_b);
						} finally {
							if (e_1) throw e_1.error;
						}
					}
				}
			});
		};
		Subject.prototype.error = function(err) {
			var _this = this;
			errorContext_1.errorContext(function() {
				_this._throwIfClosed();
				if (!_this.isStopped) {
					_this.hasError = _this.isStopped = true;
					_this.thrownError = err;
					var observers = _this.observers;
					while (observers.length) observers.shift().error(err);
				}
			});
		};
		Subject.prototype.complete = function() {
			var _this = this;
			errorContext_1.errorContext(function() {
				_this._throwIfClosed();
				if (!_this.isStopped) {
					_this.isStopped = true;
					var observers = _this.observers;
					while (observers.length) observers.shift().complete();
				}
			});
		};
		Subject.prototype.unsubscribe = function() {
			this.isStopped = this.closed = true;
			this.observers = this.currentObservers = null;
		};
		Object.defineProperty(Subject.prototype, "observed", {
			get: function() {
				var _a;
				return ((_a = this.observers) === null || _a === void 0 ? void 0 : _a.length) > 0;
			},
			enumerable: false,
			configurable: true
		});
		Subject.prototype._trySubscribe = function(subscriber) {
			this._throwIfClosed();
			return _super.prototype._trySubscribe.call(this, subscriber);
		};
		Subject.prototype._subscribe = function(subscriber) {
			this._throwIfClosed();
			this._checkFinalizedStatuses(subscriber);
			return this._innerSubscribe(subscriber);
		};
		Subject.prototype._innerSubscribe = function(subscriber) {
			var _this = this;
			var _a = this, hasError = _a.hasError, isStopped = _a.isStopped, observers = _a.observers;
			if (hasError || isStopped) return Subscription_1.EMPTY_SUBSCRIPTION;
			this.currentObservers = null;
			observers.push(subscriber);
			return new Subscription_1.Subscription(function() {
				_this.currentObservers = null;
				arrRemove_1.arrRemove(observers, subscriber);
			});
		};
		Subject.prototype._checkFinalizedStatuses = function(subscriber) {
			var _a = this, hasError = _a.hasError, thrownError = _a.thrownError, isStopped = _a.isStopped;
			if (hasError) subscriber.error(thrownError);
			else if (isStopped) subscriber.complete();
		};
		Subject.prototype.asObservable = function() {
			var observable = new Observable_1.Observable();
			observable.source = this;
			return observable;
		};
		Subject.create = function(destination, source) {
			return new AnonymousSubject(destination, source);
		};
		return Subject;
	}(Observable_1.Observable);
	exports.Subject = Subject;
	var AnonymousSubject = function(_super) {
		__extends(AnonymousSubject, _super);
		function AnonymousSubject(destination, source) {
			var _this = _super.call(this) || this;
			_this.destination = destination;
			_this.source = source;
			return _this;
		}
		AnonymousSubject.prototype.next = function(value) {
			var _a, _b;
			(_b = (_a = this.destination) === null || _a === void 0 ? void 0 : _a.next) === null || _b === void 0 || _b.call(_a, value);
		};
		AnonymousSubject.prototype.error = function(err) {
			var _a, _b;
			(_b = (_a = this.destination) === null || _a === void 0 ? void 0 : _a.error) === null || _b === void 0 || _b.call(_a, err);
		};
		AnonymousSubject.prototype.complete = function() {
			var _a, _b;
			(_b = (_a = this.destination) === null || _a === void 0 ? void 0 : _a.complete) === null || _b === void 0 || _b.call(_a);
		};
		AnonymousSubject.prototype._subscribe = function(subscriber) {
			var _a, _b;
			return (_b = (_a = this.source) === null || _a === void 0 ? void 0 : _a.subscribe(subscriber)) !== null && _b !== void 0 ? _b : Subscription_1.EMPTY_SUBSCRIPTION;
		};
		return AnonymousSubject;
	}(Subject);
	exports.AnonymousSubject = AnonymousSubject;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/BehaviorSubject.js
var require_BehaviorSubject = /* @__PURE__ */ __commonJSMin(((exports, module, this$42) => {
	var __extends = this$42 && this$42.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.BehaviorSubject = void 0;
	exports.BehaviorSubject = function(_super) {
		__extends(BehaviorSubject, _super);
		function BehaviorSubject(_value) {
			var _this = _super.call(this) || this;
			_this._value = _value;
			return _this;
		}
		Object.defineProperty(BehaviorSubject.prototype, "value", {
			get: function() {
				return this.getValue();
			},
			enumerable: false,
			configurable: true
		});
		BehaviorSubject.prototype._subscribe = function(subscriber) {
			var subscription = _super.prototype._subscribe.call(this, subscriber);
			!subscription.closed && subscriber.next(this._value);
			return subscription;
		};
		BehaviorSubject.prototype.getValue = function() {
			var _a = this, hasError = _a.hasError, thrownError = _a.thrownError, _value = _a._value;
			if (hasError) throw thrownError;
			this._throwIfClosed();
			return _value;
		};
		BehaviorSubject.prototype.next = function(value) {
			_super.prototype.next.call(this, this._value = value);
		};
		return BehaviorSubject;
	}(require_Subject().Subject);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/dateTimestampProvider.js
var require_dateTimestampProvider = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.dateTimestampProvider = void 0;
	exports.dateTimestampProvider = {
		now: function() {
			return (exports.dateTimestampProvider.delegate || Date).now();
		},
		delegate: void 0
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/ReplaySubject.js
var require_ReplaySubject = /* @__PURE__ */ __commonJSMin(((exports, module, this$41) => {
	var __extends = this$41 && this$41.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ReplaySubject = void 0;
	var Subject_1 = require_Subject();
	var dateTimestampProvider_1 = require_dateTimestampProvider();
	exports.ReplaySubject = function(_super) {
		__extends(ReplaySubject, _super);
		function ReplaySubject(_bufferSize, _windowTime, _timestampProvider) {
			if (_bufferSize === void 0) _bufferSize = Infinity;
			if (_windowTime === void 0) _windowTime = Infinity;
			if (_timestampProvider === void 0) _timestampProvider = dateTimestampProvider_1.dateTimestampProvider;
			var _this = _super.call(this) || this;
			_this._bufferSize = _bufferSize;
			_this._windowTime = _windowTime;
			_this._timestampProvider = _timestampProvider;
			_this._buffer = [];
			_this._infiniteTimeWindow = true;
			_this._infiniteTimeWindow = _windowTime === Infinity;
			_this._bufferSize = Math.max(1, _bufferSize);
			_this._windowTime = Math.max(1, _windowTime);
			return _this;
		}
		ReplaySubject.prototype.next = function(value) {
			var _a = this, isStopped = _a.isStopped, _buffer = _a._buffer, _infiniteTimeWindow = _a._infiniteTimeWindow, _timestampProvider = _a._timestampProvider, _windowTime = _a._windowTime;
			if (!isStopped) {
				_buffer.push(value);
				!_infiniteTimeWindow && _buffer.push(_timestampProvider.now() + _windowTime);
			}
			this._trimBuffer();
			_super.prototype.next.call(this, value);
		};
		ReplaySubject.prototype._subscribe = function(subscriber) {
			this._throwIfClosed();
			this._trimBuffer();
			var subscription = this._innerSubscribe(subscriber);
			var _a = this, _infiniteTimeWindow = _a._infiniteTimeWindow;
			var copy = _a._buffer.slice();
			for (var i = 0; i < copy.length && !subscriber.closed; i += _infiniteTimeWindow ? 1 : 2) subscriber.next(copy[i]);
			this._checkFinalizedStatuses(subscriber);
			return subscription;
		};
		ReplaySubject.prototype._trimBuffer = function() {
			var _a = this, _bufferSize = _a._bufferSize, _timestampProvider = _a._timestampProvider, _buffer = _a._buffer, _infiniteTimeWindow = _a._infiniteTimeWindow;
			var adjustedBufferSize = (_infiniteTimeWindow ? 1 : 2) * _bufferSize;
			_bufferSize < Infinity && adjustedBufferSize < _buffer.length && _buffer.splice(0, _buffer.length - adjustedBufferSize);
			if (!_infiniteTimeWindow) {
				var now = _timestampProvider.now();
				var last = 0;
				for (var i = 1; i < _buffer.length && _buffer[i] <= now; i += 2) last = i;
				last && _buffer.splice(0, last + 1);
			}
		};
		return ReplaySubject;
	}(Subject_1.Subject);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/AsyncSubject.js
var require_AsyncSubject = /* @__PURE__ */ __commonJSMin(((exports, module, this$40) => {
	var __extends = this$40 && this$40.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AsyncSubject = void 0;
	exports.AsyncSubject = function(_super) {
		__extends(AsyncSubject, _super);
		function AsyncSubject() {
			var _this = _super !== null && _super.apply(this, arguments) || this;
			_this._value = null;
			_this._hasValue = false;
			_this._isComplete = false;
			return _this;
		}
		AsyncSubject.prototype._checkFinalizedStatuses = function(subscriber) {
			var _a = this, hasError = _a.hasError, _hasValue = _a._hasValue, _value = _a._value, thrownError = _a.thrownError, isStopped = _a.isStopped, _isComplete = _a._isComplete;
			if (hasError) subscriber.error(thrownError);
			else if (isStopped || _isComplete) {
				_hasValue && subscriber.next(_value);
				subscriber.complete();
			}
		};
		AsyncSubject.prototype.next = function(value) {
			if (!this.isStopped) {
				this._value = value;
				this._hasValue = true;
			}
		};
		AsyncSubject.prototype.complete = function() {
			var _a = this, _hasValue = _a._hasValue, _value = _a._value;
			if (!_a._isComplete) {
				this._isComplete = true;
				_hasValue && _super.prototype.next.call(this, _value);
				_super.prototype.complete.call(this);
			}
		};
		return AsyncSubject;
	}(require_Subject().Subject);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/Action.js
var require_Action = /* @__PURE__ */ __commonJSMin(((exports, module, this$39) => {
	var __extends = this$39 && this$39.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Action = void 0;
	exports.Action = function(_super) {
		__extends(Action, _super);
		function Action(scheduler, work) {
			return _super.call(this) || this;
		}
		Action.prototype.schedule = function(state, delay) {
			if (delay === void 0) delay = 0;
			return this;
		};
		return Action;
	}(require_Subscription().Subscription);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/intervalProvider.js
var require_intervalProvider = /* @__PURE__ */ __commonJSMin(((exports, module, this$38) => {
	var __read = this$38 && this$38.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$38 && this$38.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.intervalProvider = void 0;
	exports.intervalProvider = {
		setInterval: function(handler, timeout) {
			var args = [];
			for (var _i = 2; _i < arguments.length; _i++) args[_i - 2] = arguments[_i];
			var delegate = exports.intervalProvider.delegate;
			if (delegate === null || delegate === void 0 ? void 0 : delegate.setInterval) return delegate.setInterval.apply(delegate, __spreadArray([handler, timeout], __read(args)));
			return setInterval.apply(void 0, __spreadArray([handler, timeout], __read(args)));
		},
		clearInterval: function(handle) {
			var delegate = exports.intervalProvider.delegate;
			return ((delegate === null || delegate === void 0 ? void 0 : delegate.clearInterval) || clearInterval)(handle);
		},
		delegate: void 0
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/AsyncAction.js
var require_AsyncAction = /* @__PURE__ */ __commonJSMin(((exports, module, this$37) => {
	var __extends = this$37 && this$37.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AsyncAction = void 0;
	var Action_1 = require_Action();
	var intervalProvider_1 = require_intervalProvider();
	var arrRemove_1 = require_arrRemove();
	exports.AsyncAction = function(_super) {
		__extends(AsyncAction, _super);
		function AsyncAction(scheduler, work) {
			var _this = _super.call(this, scheduler, work) || this;
			_this.scheduler = scheduler;
			_this.work = work;
			_this.pending = false;
			return _this;
		}
		AsyncAction.prototype.schedule = function(state, delay) {
			var _a;
			if (delay === void 0) delay = 0;
			if (this.closed) return this;
			this.state = state;
			var id = this.id;
			var scheduler = this.scheduler;
			if (id != null) this.id = this.recycleAsyncId(scheduler, id, delay);
			this.pending = true;
			this.delay = delay;
			this.id = (_a = this.id) !== null && _a !== void 0 ? _a : this.requestAsyncId(scheduler, this.id, delay);
			return this;
		};
		AsyncAction.prototype.requestAsyncId = function(scheduler, _id, delay) {
			if (delay === void 0) delay = 0;
			return intervalProvider_1.intervalProvider.setInterval(scheduler.flush.bind(scheduler, this), delay);
		};
		AsyncAction.prototype.recycleAsyncId = function(_scheduler, id, delay) {
			if (delay === void 0) delay = 0;
			if (delay != null && this.delay === delay && this.pending === false) return id;
			if (id != null) intervalProvider_1.intervalProvider.clearInterval(id);
		};
		AsyncAction.prototype.execute = function(state, delay) {
			if (this.closed) return /* @__PURE__ */ new Error("executing a cancelled action");
			this.pending = false;
			var error = this._execute(state, delay);
			if (error) return error;
			else if (this.pending === false && this.id != null) this.id = this.recycleAsyncId(this.scheduler, this.id, null);
		};
		AsyncAction.prototype._execute = function(state, _delay) {
			var errored = false;
			var errorValue;
			try {
				this.work(state);
			} catch (e) {
				errored = true;
				errorValue = e ? e : /* @__PURE__ */ new Error("Scheduled action threw falsy error");
			}
			if (errored) {
				this.unsubscribe();
				return errorValue;
			}
		};
		AsyncAction.prototype.unsubscribe = function() {
			if (!this.closed) {
				var _a = this, id = _a.id, scheduler = _a.scheduler;
				var actions = scheduler.actions;
				this.work = this.state = this.scheduler = null;
				this.pending = false;
				arrRemove_1.arrRemove(actions, this);
				if (id != null) this.id = this.recycleAsyncId(scheduler, id, null);
				this.delay = null;
				_super.prototype.unsubscribe.call(this);
			}
		};
		return AsyncAction;
	}(Action_1.Action);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/Immediate.js
var require_Immediate = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.TestTools = exports.Immediate = void 0;
	var nextHandle = 1;
	var resolved;
	var activeHandles = {};
	function findAndClearHandle(handle) {
		if (handle in activeHandles) {
			delete activeHandles[handle];
			return true;
		}
		return false;
	}
	exports.Immediate = {
		setImmediate: function(cb) {
			var handle = nextHandle++;
			activeHandles[handle] = true;
			if (!resolved) resolved = Promise.resolve();
			resolved.then(function() {
				return findAndClearHandle(handle) && cb();
			});
			return handle;
		},
		clearImmediate: function(handle) {
			findAndClearHandle(handle);
		}
	};
	exports.TestTools = { pending: function() {
		return Object.keys(activeHandles).length;
	} };
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/immediateProvider.js
var require_immediateProvider = /* @__PURE__ */ __commonJSMin(((exports, module, this$36) => {
	var __read = this$36 && this$36.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$36 && this$36.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.immediateProvider = void 0;
	var Immediate_1 = require_Immediate();
	var setImmediate = Immediate_1.Immediate.setImmediate;
	var clearImmediate = Immediate_1.Immediate.clearImmediate;
	exports.immediateProvider = {
		setImmediate: function() {
			var args = [];
			for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
			var delegate = exports.immediateProvider.delegate;
			return ((delegate === null || delegate === void 0 ? void 0 : delegate.setImmediate) || setImmediate).apply(void 0, __spreadArray([], __read(args)));
		},
		clearImmediate: function(handle) {
			var delegate = exports.immediateProvider.delegate;
			return ((delegate === null || delegate === void 0 ? void 0 : delegate.clearImmediate) || clearImmediate)(handle);
		},
		delegate: void 0
	};
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/AsapAction.js
var require_AsapAction = /* @__PURE__ */ __commonJSMin(((exports, module, this$35) => {
	var __extends = this$35 && this$35.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AsapAction = void 0;
	var AsyncAction_1 = require_AsyncAction();
	var immediateProvider_1 = require_immediateProvider();
	exports.AsapAction = function(_super) {
		__extends(AsapAction, _super);
		function AsapAction(scheduler, work) {
			var _this = _super.call(this, scheduler, work) || this;
			_this.scheduler = scheduler;
			_this.work = work;
			return _this;
		}
		AsapAction.prototype.requestAsyncId = function(scheduler, id, delay) {
			if (delay === void 0) delay = 0;
			if (delay !== null && delay > 0) return _super.prototype.requestAsyncId.call(this, scheduler, id, delay);
			scheduler.actions.push(this);
			return scheduler._scheduled || (scheduler._scheduled = immediateProvider_1.immediateProvider.setImmediate(scheduler.flush.bind(scheduler, void 0)));
		};
		AsapAction.prototype.recycleAsyncId = function(scheduler, id, delay) {
			var _a;
			if (delay === void 0) delay = 0;
			if (delay != null ? delay > 0 : this.delay > 0) return _super.prototype.recycleAsyncId.call(this, scheduler, id, delay);
			var actions = scheduler.actions;
			if (id != null && ((_a = actions[actions.length - 1]) === null || _a === void 0 ? void 0 : _a.id) !== id) {
				immediateProvider_1.immediateProvider.clearImmediate(id);
				if (scheduler._scheduled === id) scheduler._scheduled = void 0;
			}
		};
		return AsapAction;
	}(AsyncAction_1.AsyncAction);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/Scheduler.js
var require_Scheduler = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Scheduler = void 0;
	var dateTimestampProvider_1 = require_dateTimestampProvider();
	exports.Scheduler = function() {
		function Scheduler(schedulerActionCtor, now) {
			if (now === void 0) now = Scheduler.now;
			this.schedulerActionCtor = schedulerActionCtor;
			this.now = now;
		}
		Scheduler.prototype.schedule = function(work, delay, state) {
			if (delay === void 0) delay = 0;
			return new this.schedulerActionCtor(this, work).schedule(state, delay);
		};
		Scheduler.now = dateTimestampProvider_1.dateTimestampProvider.now;
		return Scheduler;
	}();
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/AsyncScheduler.js
var require_AsyncScheduler = /* @__PURE__ */ __commonJSMin(((exports, module, this$34) => {
	var __extends = this$34 && this$34.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AsyncScheduler = void 0;
	var Scheduler_1 = require_Scheduler();
	exports.AsyncScheduler = function(_super) {
		__extends(AsyncScheduler, _super);
		function AsyncScheduler(SchedulerAction, now) {
			if (now === void 0) now = Scheduler_1.Scheduler.now;
			var _this = _super.call(this, SchedulerAction, now) || this;
			_this.actions = [];
			_this._active = false;
			return _this;
		}
		AsyncScheduler.prototype.flush = function(action) {
			var actions = this.actions;
			if (this._active) {
				actions.push(action);
				return;
			}
			var error;
			this._active = true;
			do
				if (error = action.execute(action.state, action.delay)) break;
			while (action = actions.shift());
			this._active = false;
			if (error) {
				while (action = actions.shift()) action.unsubscribe();
				throw error;
			}
		};
		return AsyncScheduler;
	}(Scheduler_1.Scheduler);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/AsapScheduler.js
var require_AsapScheduler = /* @__PURE__ */ __commonJSMin(((exports, module, this$33) => {
	var __extends = this$33 && this$33.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AsapScheduler = void 0;
	exports.AsapScheduler = function(_super) {
		__extends(AsapScheduler, _super);
		function AsapScheduler() {
			return _super !== null && _super.apply(this, arguments) || this;
		}
		AsapScheduler.prototype.flush = function(action) {
			this._active = true;
			var flushId = this._scheduled;
			this._scheduled = void 0;
			var actions = this.actions;
			var error;
			action = action || actions.shift();
			do
				if (error = action.execute(action.state, action.delay)) break;
			while ((action = actions[0]) && action.id === flushId && actions.shift());
			this._active = false;
			if (error) {
				while ((action = actions[0]) && action.id === flushId && actions.shift()) action.unsubscribe();
				throw error;
			}
		};
		return AsapScheduler;
	}(require_AsyncScheduler().AsyncScheduler);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/asap.js
var require_asap = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.asap = exports.asapScheduler = void 0;
	var AsapAction_1 = require_AsapAction();
	exports.asapScheduler = new (require_AsapScheduler()).AsapScheduler(AsapAction_1.AsapAction);
	exports.asap = exports.asapScheduler;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/async.js
var require_async = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.async = exports.asyncScheduler = void 0;
	var AsyncAction_1 = require_AsyncAction();
	exports.asyncScheduler = new (require_AsyncScheduler()).AsyncScheduler(AsyncAction_1.AsyncAction);
	exports.async = exports.asyncScheduler;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/QueueAction.js
var require_QueueAction = /* @__PURE__ */ __commonJSMin(((exports, module, this$32) => {
	var __extends = this$32 && this$32.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.QueueAction = void 0;
	exports.QueueAction = function(_super) {
		__extends(QueueAction, _super);
		function QueueAction(scheduler, work) {
			var _this = _super.call(this, scheduler, work) || this;
			_this.scheduler = scheduler;
			_this.work = work;
			return _this;
		}
		QueueAction.prototype.schedule = function(state, delay) {
			if (delay === void 0) delay = 0;
			if (delay > 0) return _super.prototype.schedule.call(this, state, delay);
			this.delay = delay;
			this.state = state;
			this.scheduler.flush(this);
			return this;
		};
		QueueAction.prototype.execute = function(state, delay) {
			return delay > 0 || this.closed ? _super.prototype.execute.call(this, state, delay) : this._execute(state, delay);
		};
		QueueAction.prototype.requestAsyncId = function(scheduler, id, delay) {
			if (delay === void 0) delay = 0;
			if (delay != null && delay > 0 || delay == null && this.delay > 0) return _super.prototype.requestAsyncId.call(this, scheduler, id, delay);
			scheduler.flush(this);
			return 0;
		};
		return QueueAction;
	}(require_AsyncAction().AsyncAction);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/QueueScheduler.js
var require_QueueScheduler = /* @__PURE__ */ __commonJSMin(((exports, module, this$31) => {
	var __extends = this$31 && this$31.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.QueueScheduler = void 0;
	exports.QueueScheduler = function(_super) {
		__extends(QueueScheduler, _super);
		function QueueScheduler() {
			return _super !== null && _super.apply(this, arguments) || this;
		}
		return QueueScheduler;
	}(require_AsyncScheduler().AsyncScheduler);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/queue.js
var require_queue = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.queue = exports.queueScheduler = void 0;
	var QueueAction_1 = require_QueueAction();
	exports.queueScheduler = new (require_QueueScheduler()).QueueScheduler(QueueAction_1.QueueAction);
	exports.queue = exports.queueScheduler;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/AnimationFrameAction.js
var require_AnimationFrameAction = /* @__PURE__ */ __commonJSMin(((exports, module, this$30) => {
	var __extends = this$30 && this$30.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AnimationFrameAction = void 0;
	var AsyncAction_1 = require_AsyncAction();
	var animationFrameProvider_1 = require_animationFrameProvider();
	exports.AnimationFrameAction = function(_super) {
		__extends(AnimationFrameAction, _super);
		function AnimationFrameAction(scheduler, work) {
			var _this = _super.call(this, scheduler, work) || this;
			_this.scheduler = scheduler;
			_this.work = work;
			return _this;
		}
		AnimationFrameAction.prototype.requestAsyncId = function(scheduler, id, delay) {
			if (delay === void 0) delay = 0;
			if (delay !== null && delay > 0) return _super.prototype.requestAsyncId.call(this, scheduler, id, delay);
			scheduler.actions.push(this);
			return scheduler._scheduled || (scheduler._scheduled = animationFrameProvider_1.animationFrameProvider.requestAnimationFrame(function() {
				return scheduler.flush(void 0);
			}));
		};
		AnimationFrameAction.prototype.recycleAsyncId = function(scheduler, id, delay) {
			var _a;
			if (delay === void 0) delay = 0;
			if (delay != null ? delay > 0 : this.delay > 0) return _super.prototype.recycleAsyncId.call(this, scheduler, id, delay);
			var actions = scheduler.actions;
			if (id != null && id === scheduler._scheduled && ((_a = actions[actions.length - 1]) === null || _a === void 0 ? void 0 : _a.id) !== id) {
				animationFrameProvider_1.animationFrameProvider.cancelAnimationFrame(id);
				scheduler._scheduled = void 0;
			}
		};
		return AnimationFrameAction;
	}(AsyncAction_1.AsyncAction);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/AnimationFrameScheduler.js
var require_AnimationFrameScheduler = /* @__PURE__ */ __commonJSMin(((exports, module, this$29) => {
	var __extends = this$29 && this$29.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.AnimationFrameScheduler = void 0;
	exports.AnimationFrameScheduler = function(_super) {
		__extends(AnimationFrameScheduler, _super);
		function AnimationFrameScheduler() {
			return _super !== null && _super.apply(this, arguments) || this;
		}
		AnimationFrameScheduler.prototype.flush = function(action) {
			this._active = true;
			var flushId;
			if (action) flushId = action.id;
			else {
				flushId = this._scheduled;
				this._scheduled = void 0;
			}
			var actions = this.actions;
			var error;
			action = action || actions.shift();
			do
				if (error = action.execute(action.state, action.delay)) break;
			while ((action = actions[0]) && action.id === flushId && actions.shift());
			this._active = false;
			if (error) {
				while ((action = actions[0]) && action.id === flushId && actions.shift()) action.unsubscribe();
				throw error;
			}
		};
		return AnimationFrameScheduler;
	}(require_AsyncScheduler().AsyncScheduler);
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/animationFrame.js
var require_animationFrame = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.animationFrame = exports.animationFrameScheduler = void 0;
	var AnimationFrameAction_1 = require_AnimationFrameAction();
	exports.animationFrameScheduler = new (require_AnimationFrameScheduler()).AnimationFrameScheduler(AnimationFrameAction_1.AnimationFrameAction);
	exports.animationFrame = exports.animationFrameScheduler;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduler/VirtualTimeScheduler.js
var require_VirtualTimeScheduler = /* @__PURE__ */ __commonJSMin(((exports, module, this$28) => {
	var __extends = this$28 && this$28.__extends || (function() {
		var extendStatics = function(d, b) {
			extendStatics = Object.setPrototypeOf || { __proto__: [] } instanceof Array && function(d, b) {
				d.__proto__ = b;
			} || function(d, b) {
				for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p];
			};
			return extendStatics(d, b);
		};
		return function(d, b) {
			if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
			extendStatics(d, b);
			function __() {
				this.constructor = d;
			}
			d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
		};
	})();
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.VirtualAction = exports.VirtualTimeScheduler = void 0;
	var AsyncAction_1 = require_AsyncAction();
	var Subscription_1 = require_Subscription();
	exports.VirtualTimeScheduler = function(_super) {
		__extends(VirtualTimeScheduler, _super);
		function VirtualTimeScheduler(schedulerActionCtor, maxFrames) {
			if (schedulerActionCtor === void 0) schedulerActionCtor = VirtualAction;
			if (maxFrames === void 0) maxFrames = Infinity;
			var _this = _super.call(this, schedulerActionCtor, function() {
				return _this.frame;
			}) || this;
			_this.maxFrames = maxFrames;
			_this.frame = 0;
			_this.index = -1;
			return _this;
		}
		VirtualTimeScheduler.prototype.flush = function() {
			var _a = this, actions = _a.actions, maxFrames = _a.maxFrames;
			var error;
			var action;
			while ((action = actions[0]) && action.delay <= maxFrames) {
				actions.shift();
				this.frame = action.delay;
				if (error = action.execute(action.state, action.delay)) break;
			}
			if (error) {
				while (action = actions.shift()) action.unsubscribe();
				throw error;
			}
		};
		VirtualTimeScheduler.frameTimeFactor = 10;
		return VirtualTimeScheduler;
	}(require_AsyncScheduler().AsyncScheduler);
	var VirtualAction = function(_super) {
		__extends(VirtualAction, _super);
		function VirtualAction(scheduler, work, index) {
			if (index === void 0) index = scheduler.index += 1;
			var _this = _super.call(this, scheduler, work) || this;
			_this.scheduler = scheduler;
			_this.work = work;
			_this.index = index;
			_this.active = true;
			_this.index = scheduler.index = index;
			return _this;
		}
		VirtualAction.prototype.schedule = function(state, delay) {
			if (delay === void 0) delay = 0;
			if (Number.isFinite(delay)) {
				if (!this.id) return _super.prototype.schedule.call(this, state, delay);
				this.active = false;
				var action = new VirtualAction(this.scheduler, this.work);
				this.add(action);
				return action.schedule(state, delay);
			} else return Subscription_1.Subscription.EMPTY;
		};
		VirtualAction.prototype.requestAsyncId = function(scheduler, id, delay) {
			if (delay === void 0) delay = 0;
			this.delay = scheduler.frame + delay;
			var actions = scheduler.actions;
			actions.push(this);
			actions.sort(VirtualAction.sortActions);
			return 1;
		};
		VirtualAction.prototype.recycleAsyncId = function(scheduler, id, delay) {
			if (delay === void 0) delay = 0;
		};
		VirtualAction.prototype._execute = function(state, delay) {
			if (this.active === true) return _super.prototype._execute.call(this, state, delay);
		};
		VirtualAction.sortActions = function(a, b) {
			if (a.delay === b.delay) {
				if (a.index === b.index) return 0;
				else if (a.index > b.index) return 1;
				else return -1;
			} else if (a.delay > b.delay) return 1;
			else return -1;
		};
		return VirtualAction;
	}(AsyncAction_1.AsyncAction);
	exports.VirtualAction = VirtualAction;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/empty.js
var require_empty = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.empty = exports.EMPTY = void 0;
	var Observable_1 = require_Observable();
	exports.EMPTY = new Observable_1.Observable(function(subscriber) {
		return subscriber.complete();
	});
	function empty(scheduler) {
		return scheduler ? emptyScheduled(scheduler) : exports.EMPTY;
	}
	exports.empty = empty;
	function emptyScheduled(scheduler) {
		return new Observable_1.Observable(function(subscriber) {
			return scheduler.schedule(function() {
				return subscriber.complete();
			});
		});
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isScheduler.js
var require_isScheduler = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isScheduler = void 0;
	var isFunction_1 = require_isFunction();
	function isScheduler(value) {
		return value && isFunction_1.isFunction(value.schedule);
	}
	exports.isScheduler = isScheduler;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/args.js
var require_args = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.popNumber = exports.popScheduler = exports.popResultSelector = void 0;
	var isFunction_1 = require_isFunction();
	var isScheduler_1 = require_isScheduler();
	function last(arr) {
		return arr[arr.length - 1];
	}
	function popResultSelector(args) {
		return isFunction_1.isFunction(last(args)) ? args.pop() : void 0;
	}
	exports.popResultSelector = popResultSelector;
	function popScheduler(args) {
		return isScheduler_1.isScheduler(last(args)) ? args.pop() : void 0;
	}
	exports.popScheduler = popScheduler;
	function popNumber(args, defaultValue) {
		return typeof last(args) === "number" ? args.pop() : defaultValue;
	}
	exports.popNumber = popNumber;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isArrayLike.js
var require_isArrayLike = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isArrayLike = void 0;
	exports.isArrayLike = (function(x) {
		return x && typeof x.length === "number" && typeof x !== "function";
	});
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isPromise.js
var require_isPromise = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isPromise = void 0;
	var isFunction_1 = require_isFunction();
	function isPromise(value) {
		return isFunction_1.isFunction(value === null || value === void 0 ? void 0 : value.then);
	}
	exports.isPromise = isPromise;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isInteropObservable.js
var require_isInteropObservable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isInteropObservable = void 0;
	var observable_1 = require_observable();
	var isFunction_1 = require_isFunction();
	function isInteropObservable(input) {
		return isFunction_1.isFunction(input[observable_1.observable]);
	}
	exports.isInteropObservable = isInteropObservable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isAsyncIterable.js
var require_isAsyncIterable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isAsyncIterable = void 0;
	var isFunction_1 = require_isFunction();
	function isAsyncIterable(obj) {
		return Symbol.asyncIterator && isFunction_1.isFunction(obj === null || obj === void 0 ? void 0 : obj[Symbol.asyncIterator]);
	}
	exports.isAsyncIterable = isAsyncIterable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/throwUnobservableError.js
var require_throwUnobservableError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.createInvalidObservableTypeError = void 0;
	function createInvalidObservableTypeError(input) {
		return /* @__PURE__ */ new TypeError("You provided " + (input !== null && typeof input === "object" ? "an invalid object" : "'" + input + "'") + " where a stream was expected. You can provide an Observable, Promise, ReadableStream, Array, AsyncIterable, or Iterable.");
	}
	exports.createInvalidObservableTypeError = createInvalidObservableTypeError;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/symbol/iterator.js
var require_iterator = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.iterator = exports.getSymbolIterator = void 0;
	function getSymbolIterator() {
		if (typeof Symbol !== "function" || !Symbol.iterator) return "@@iterator";
		return Symbol.iterator;
	}
	exports.getSymbolIterator = getSymbolIterator;
	exports.iterator = getSymbolIterator();
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isIterable.js
var require_isIterable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isIterable = void 0;
	var iterator_1 = require_iterator();
	var isFunction_1 = require_isFunction();
	function isIterable(input) {
		return isFunction_1.isFunction(input === null || input === void 0 ? void 0 : input[iterator_1.iterator]);
	}
	exports.isIterable = isIterable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isReadableStreamLike.js
var require_isReadableStreamLike = /* @__PURE__ */ __commonJSMin(((exports, module, this$27) => {
	var __generator = this$27 && this$27.__generator || function(thisArg, body) {
		var _ = {
			label: 0,
			sent: function() {
				if (t[0] & 1) throw t[1];
				return t[1];
			},
			trys: [],
			ops: []
		}, f, y, t, g = {
			next: verb(0),
			"throw": verb(1),
			"return": verb(2)
		};
		return typeof Symbol === "function" && (g[Symbol.iterator] = function() {
			return this;
		}), g;
		function verb(n) {
			return function(v) {
				return step([n, v]);
			};
		}
		function step(op) {
			if (f) throw new TypeError("Generator is already executing.");
			while (_) try {
				if (f = 1, y && (t = op[0] & 2 ? y["return"] : op[0] ? y["throw"] || ((t = y["return"]) && t.call(y), 0) : y.next) && !(t = t.call(y, op[1])).done) return t;
				if (y = 0, t) op = [op[0] & 2, t.value];
				switch (op[0]) {
					case 0:
					case 1:
						t = op;
						break;
					case 4:
						_.label++;
						return {
							value: op[1],
							done: false
						};
					case 5:
						_.label++;
						y = op[1];
						op = [0];
						continue;
					case 7:
						op = _.ops.pop();
						_.trys.pop();
						continue;
					default:
						if (!(t = _.trys, t = t.length > 0 && t[t.length - 1]) && (op[0] === 6 || op[0] === 2)) {
							_ = 0;
							continue;
						}
						if (op[0] === 3 && (!t || op[1] > t[0] && op[1] < t[3])) {
							_.label = op[1];
							break;
						}
						if (op[0] === 6 && _.label < t[1]) {
							_.label = t[1];
							t = op;
							break;
						}
						if (t && _.label < t[2]) {
							_.label = t[2];
							_.ops.push(op);
							break;
						}
						if (t[2]) _.ops.pop();
						_.trys.pop();
						continue;
				}
				op = body.call(thisArg, _);
			} catch (e) {
				op = [6, e];
				y = 0;
			} finally {
				f = t = 0;
			}
			if (op[0] & 5) throw op[1];
			return {
				value: op[0] ? op[1] : void 0,
				done: true
			};
		}
	};
	var __await = this$27 && this$27.__await || function(v) {
		return this instanceof __await ? (this.v = v, this) : new __await(v);
	};
	var __asyncGenerator = this$27 && this$27.__asyncGenerator || function(thisArg, _arguments, generator) {
		if (!Symbol.asyncIterator) throw new TypeError("Symbol.asyncIterator is not defined.");
		var g = generator.apply(thisArg, _arguments || []), i, q = [];
		return i = {}, verb("next"), verb("throw"), verb("return"), i[Symbol.asyncIterator] = function() {
			return this;
		}, i;
		function verb(n) {
			if (g[n]) i[n] = function(v) {
				return new Promise(function(a, b) {
					q.push([
						n,
						v,
						a,
						b
					]) > 1 || resume(n, v);
				});
			};
		}
		function resume(n, v) {
			try {
				step(g[n](v));
			} catch (e) {
				settle(q[0][3], e);
			}
		}
		function step(r) {
			r.value instanceof __await ? Promise.resolve(r.value.v).then(fulfill, reject) : settle(q[0][2], r);
		}
		function fulfill(value) {
			resume("next", value);
		}
		function reject(value) {
			resume("throw", value);
		}
		function settle(f, v) {
			if (f(v), q.shift(), q.length) resume(q[0][0], q[0][1]);
		}
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isReadableStreamLike = exports.readableStreamLikeToAsyncGenerator = void 0;
	var isFunction_1 = require_isFunction();
	function readableStreamLikeToAsyncGenerator(readableStream) {
		return __asyncGenerator(this, arguments, function readableStreamLikeToAsyncGenerator_1() {
			var reader, _a, value, done;
			return __generator(this, function(_b) {
				switch (_b.label) {
					case 0:
						reader = readableStream.getReader();
						_b.label = 1;
					case 1:
						_b.trys.push([
							1,
							,
							9,
							10
						]);
						_b.label = 2;
					case 2: return [4, __await(reader.read())];
					case 3:
						_a = _b.sent(), value = _a.value, done = _a.done;
						if (!done) return [3, 5];
						return [4, __await(void 0)];
					case 4: return [2, _b.sent()];
					case 5: return [4, __await(value)];
					case 6: return [4, _b.sent()];
					case 7:
						_b.sent();
						return [3, 2];
					case 8: return [3, 10];
					case 9:
						reader.releaseLock();
						return [7];
					case 10: return [2];
				}
			});
		});
	}
	exports.readableStreamLikeToAsyncGenerator = readableStreamLikeToAsyncGenerator;
	function isReadableStreamLike(obj) {
		return isFunction_1.isFunction(obj === null || obj === void 0 ? void 0 : obj.getReader);
	}
	exports.isReadableStreamLike = isReadableStreamLike;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/innerFrom.js
var require_innerFrom = /* @__PURE__ */ __commonJSMin(((exports, module, this$26) => {
	var __awaiter = this$26 && this$26.__awaiter || function(thisArg, _arguments, P, generator) {
		function adopt(value) {
			return value instanceof P ? value : new P(function(resolve) {
				resolve(value);
			});
		}
		return new (P || (P = Promise))(function(resolve, reject) {
			function fulfilled(value) {
				try {
					step(generator.next(value));
				} catch (e) {
					reject(e);
				}
			}
			function rejected(value) {
				try {
					step(generator["throw"](value));
				} catch (e) {
					reject(e);
				}
			}
			function step(result) {
				result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
			}
			step((generator = generator.apply(thisArg, _arguments || [])).next());
		});
	};
	var __generator = this$26 && this$26.__generator || function(thisArg, body) {
		var _ = {
			label: 0,
			sent: function() {
				if (t[0] & 1) throw t[1];
				return t[1];
			},
			trys: [],
			ops: []
		}, f, y, t, g = {
			next: verb(0),
			"throw": verb(1),
			"return": verb(2)
		};
		return typeof Symbol === "function" && (g[Symbol.iterator] = function() {
			return this;
		}), g;
		function verb(n) {
			return function(v) {
				return step([n, v]);
			};
		}
		function step(op) {
			if (f) throw new TypeError("Generator is already executing.");
			while (_) try {
				if (f = 1, y && (t = op[0] & 2 ? y["return"] : op[0] ? y["throw"] || ((t = y["return"]) && t.call(y), 0) : y.next) && !(t = t.call(y, op[1])).done) return t;
				if (y = 0, t) op = [op[0] & 2, t.value];
				switch (op[0]) {
					case 0:
					case 1:
						t = op;
						break;
					case 4:
						_.label++;
						return {
							value: op[1],
							done: false
						};
					case 5:
						_.label++;
						y = op[1];
						op = [0];
						continue;
					case 7:
						op = _.ops.pop();
						_.trys.pop();
						continue;
					default:
						if (!(t = _.trys, t = t.length > 0 && t[t.length - 1]) && (op[0] === 6 || op[0] === 2)) {
							_ = 0;
							continue;
						}
						if (op[0] === 3 && (!t || op[1] > t[0] && op[1] < t[3])) {
							_.label = op[1];
							break;
						}
						if (op[0] === 6 && _.label < t[1]) {
							_.label = t[1];
							t = op;
							break;
						}
						if (t && _.label < t[2]) {
							_.label = t[2];
							_.ops.push(op);
							break;
						}
						if (t[2]) _.ops.pop();
						_.trys.pop();
						continue;
				}
				op = body.call(thisArg, _);
			} catch (e) {
				op = [6, e];
				y = 0;
			} finally {
				f = t = 0;
			}
			if (op[0] & 5) throw op[1];
			return {
				value: op[0] ? op[1] : void 0,
				done: true
			};
		}
	};
	var __asyncValues = this$26 && this$26.__asyncValues || function(o) {
		if (!Symbol.asyncIterator) throw new TypeError("Symbol.asyncIterator is not defined.");
		var m = o[Symbol.asyncIterator], i;
		return m ? m.call(o) : (o = typeof __values === "function" ? __values(o) : o[Symbol.iterator](), i = {}, verb("next"), verb("throw"), verb("return"), i[Symbol.asyncIterator] = function() {
			return this;
		}, i);
		function verb(n) {
			i[n] = o[n] && function(v) {
				return new Promise(function(resolve, reject) {
					v = o[n](v), settle(resolve, reject, v.done, v.value);
				});
			};
		}
		function settle(resolve, reject, d, v) {
			Promise.resolve(v).then(function(v) {
				resolve({
					value: v,
					done: d
				});
			}, reject);
		}
	};
	var __values = this$26 && this$26.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.fromReadableStreamLike = exports.fromAsyncIterable = exports.fromIterable = exports.fromPromise = exports.fromArrayLike = exports.fromInteropObservable = exports.innerFrom = void 0;
	var isArrayLike_1 = require_isArrayLike();
	var isPromise_1 = require_isPromise();
	var Observable_1 = require_Observable();
	var isInteropObservable_1 = require_isInteropObservable();
	var isAsyncIterable_1 = require_isAsyncIterable();
	var throwUnobservableError_1 = require_throwUnobservableError();
	var isIterable_1 = require_isIterable();
	var isReadableStreamLike_1 = require_isReadableStreamLike();
	var isFunction_1 = require_isFunction();
	var reportUnhandledError_1 = require_reportUnhandledError();
	var observable_1 = require_observable();
	function innerFrom(input) {
		if (input instanceof Observable_1.Observable) return input;
		if (input != null) {
			if (isInteropObservable_1.isInteropObservable(input)) return fromInteropObservable(input);
			if (isArrayLike_1.isArrayLike(input)) return fromArrayLike(input);
			if (isPromise_1.isPromise(input)) return fromPromise(input);
			if (isAsyncIterable_1.isAsyncIterable(input)) return fromAsyncIterable(input);
			if (isIterable_1.isIterable(input)) return fromIterable(input);
			if (isReadableStreamLike_1.isReadableStreamLike(input)) return fromReadableStreamLike(input);
		}
		throw throwUnobservableError_1.createInvalidObservableTypeError(input);
	}
	exports.innerFrom = innerFrom;
	function fromInteropObservable(obj) {
		return new Observable_1.Observable(function(subscriber) {
			var obs = obj[observable_1.observable]();
			if (isFunction_1.isFunction(obs.subscribe)) return obs.subscribe(subscriber);
			throw new TypeError("Provided object does not correctly implement Symbol.observable");
		});
	}
	exports.fromInteropObservable = fromInteropObservable;
	function fromArrayLike(array) {
		return new Observable_1.Observable(function(subscriber) {
			for (var i = 0; i < array.length && !subscriber.closed; i++) subscriber.next(array[i]);
			subscriber.complete();
		});
	}
	exports.fromArrayLike = fromArrayLike;
	function fromPromise(promise) {
		return new Observable_1.Observable(function(subscriber) {
			promise.then(function(value) {
				if (!subscriber.closed) {
					subscriber.next(value);
					subscriber.complete();
				}
			}, function(err) {
				return subscriber.error(err);
			}).then(null, reportUnhandledError_1.reportUnhandledError);
		});
	}
	exports.fromPromise = fromPromise;
	function fromIterable(iterable) {
		return new Observable_1.Observable(function(subscriber) {
			var e_1, _a;
			try {
				for (var iterable_1 = __values(iterable), iterable_1_1 = iterable_1.next(); !iterable_1_1.done; iterable_1_1 = iterable_1.next()) {
					var value = iterable_1_1.value;
					subscriber.next(value);
					if (subscriber.closed) return;
				}
			} catch (e_1_1) {
				e_1 = { error: e_1_1 };
			} finally {
				try {
					if (iterable_1_1 && !iterable_1_1.done && (_a = iterable_1.return)) _a.call(iterable_1);
				} finally {
					if (e_1) throw e_1.error;
				}
			}
			subscriber.complete();
		});
	}
	exports.fromIterable = fromIterable;
	function fromAsyncIterable(asyncIterable) {
		return new Observable_1.Observable(function(subscriber) {
			process(asyncIterable, subscriber).catch(function(err) {
				return subscriber.error(err);
			});
		});
	}
	exports.fromAsyncIterable = fromAsyncIterable;
	function fromReadableStreamLike(readableStream) {
		return fromAsyncIterable(isReadableStreamLike_1.readableStreamLikeToAsyncGenerator(readableStream));
	}
	exports.fromReadableStreamLike = fromReadableStreamLike;
	function process(asyncIterable, subscriber) {
		var asyncIterable_1, asyncIterable_1_1;
		var e_2, _a;
		return __awaiter(this, void 0, void 0, function() {
			var value, e_2_1;
			return __generator(this, function(_b) {
				switch (_b.label) {
					case 0:
						_b.trys.push([
							0,
							5,
							6,
							11
						]);
						asyncIterable_1 = __asyncValues(asyncIterable);
						_b.label = 1;
					case 1: return [4, asyncIterable_1.next()];
					case 2:
						if (!(asyncIterable_1_1 = _b.sent(), !asyncIterable_1_1.done)) return [3, 4];
						value = asyncIterable_1_1.value;
						subscriber.next(value);
						if (subscriber.closed) return [2];
						_b.label = 3;
					case 3: return [3, 1];
					case 4: return [3, 11];
					case 5:
						e_2_1 = _b.sent();
						e_2 = { error: e_2_1 };
						return [3, 11];
					case 6:
						_b.trys.push([
							6,
							,
							9,
							10
						]);
						if (!(asyncIterable_1_1 && !asyncIterable_1_1.done && (_a = asyncIterable_1.return))) return [3, 8];
						return [4, _a.call(asyncIterable_1)];
					case 7:
						_b.sent();
						_b.label = 8;
					case 8: return [3, 10];
					case 9:
						if (e_2) throw e_2.error;
						return [7];
					case 10: return [7];
					case 11:
						subscriber.complete();
						return [2];
				}
			});
		});
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/executeSchedule.js
var require_executeSchedule = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.executeSchedule = void 0;
	function executeSchedule(parentSubscription, scheduler, work, delay, repeat) {
		if (delay === void 0) delay = 0;
		if (repeat === void 0) repeat = false;
		var scheduleSubscription = scheduler.schedule(function() {
			work();
			if (repeat) parentSubscription.add(this.schedule(null, delay));
			else this.unsubscribe();
		}, delay);
		parentSubscription.add(scheduleSubscription);
		if (!repeat) return scheduleSubscription;
	}
	exports.executeSchedule = executeSchedule;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/observeOn.js
var require_observeOn = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.observeOn = void 0;
	var executeSchedule_1 = require_executeSchedule();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function observeOn(scheduler, delay) {
		if (delay === void 0) delay = 0;
		return lift_1.operate(function(source, subscriber) {
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
					return subscriber.next(value);
				}, delay);
			}, function() {
				return executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
					return subscriber.complete();
				}, delay);
			}, function(err) {
				return executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
					return subscriber.error(err);
				}, delay);
			}));
		});
	}
	exports.observeOn = observeOn;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/subscribeOn.js
var require_subscribeOn = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.subscribeOn = void 0;
	var lift_1 = require_lift();
	function subscribeOn(scheduler, delay) {
		if (delay === void 0) delay = 0;
		return lift_1.operate(function(source, subscriber) {
			subscriber.add(scheduler.schedule(function() {
				return source.subscribe(subscriber);
			}, delay));
		});
	}
	exports.subscribeOn = subscribeOn;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduled/scheduleObservable.js
var require_scheduleObservable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scheduleObservable = void 0;
	var innerFrom_1 = require_innerFrom();
	var observeOn_1 = require_observeOn();
	var subscribeOn_1 = require_subscribeOn();
	function scheduleObservable(input, scheduler) {
		return innerFrom_1.innerFrom(input).pipe(subscribeOn_1.subscribeOn(scheduler), observeOn_1.observeOn(scheduler));
	}
	exports.scheduleObservable = scheduleObservable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduled/schedulePromise.js
var require_schedulePromise = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.schedulePromise = void 0;
	var innerFrom_1 = require_innerFrom();
	var observeOn_1 = require_observeOn();
	var subscribeOn_1 = require_subscribeOn();
	function schedulePromise(input, scheduler) {
		return innerFrom_1.innerFrom(input).pipe(subscribeOn_1.subscribeOn(scheduler), observeOn_1.observeOn(scheduler));
	}
	exports.schedulePromise = schedulePromise;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduled/scheduleArray.js
var require_scheduleArray = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scheduleArray = void 0;
	var Observable_1 = require_Observable();
	function scheduleArray(input, scheduler) {
		return new Observable_1.Observable(function(subscriber) {
			var i = 0;
			return scheduler.schedule(function() {
				if (i === input.length) subscriber.complete();
				else {
					subscriber.next(input[i++]);
					if (!subscriber.closed) this.schedule();
				}
			});
		});
	}
	exports.scheduleArray = scheduleArray;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduled/scheduleIterable.js
var require_scheduleIterable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scheduleIterable = void 0;
	var Observable_1 = require_Observable();
	var iterator_1 = require_iterator();
	var isFunction_1 = require_isFunction();
	var executeSchedule_1 = require_executeSchedule();
	function scheduleIterable(input, scheduler) {
		return new Observable_1.Observable(function(subscriber) {
			var iterator;
			executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
				iterator = input[iterator_1.iterator]();
				executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
					var _a;
					var value;
					var done;
					try {
						_a = iterator.next(), value = _a.value, done = _a.done;
					} catch (err) {
						subscriber.error(err);
						return;
					}
					if (done) subscriber.complete();
					else subscriber.next(value);
				}, 0, true);
			});
			return function() {
				return isFunction_1.isFunction(iterator === null || iterator === void 0 ? void 0 : iterator.return) && iterator.return();
			};
		});
	}
	exports.scheduleIterable = scheduleIterable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduled/scheduleAsyncIterable.js
var require_scheduleAsyncIterable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scheduleAsyncIterable = void 0;
	var Observable_1 = require_Observable();
	var executeSchedule_1 = require_executeSchedule();
	function scheduleAsyncIterable(input, scheduler) {
		if (!input) throw new Error("Iterable cannot be null");
		return new Observable_1.Observable(function(subscriber) {
			executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
				var iterator = input[Symbol.asyncIterator]();
				executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
					iterator.next().then(function(result) {
						if (result.done) subscriber.complete();
						else subscriber.next(result.value);
					});
				}, 0, true);
			});
		});
	}
	exports.scheduleAsyncIterable = scheduleAsyncIterable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduled/scheduleReadableStreamLike.js
var require_scheduleReadableStreamLike = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scheduleReadableStreamLike = void 0;
	var scheduleAsyncIterable_1 = require_scheduleAsyncIterable();
	var isReadableStreamLike_1 = require_isReadableStreamLike();
	function scheduleReadableStreamLike(input, scheduler) {
		return scheduleAsyncIterable_1.scheduleAsyncIterable(isReadableStreamLike_1.readableStreamLikeToAsyncGenerator(input), scheduler);
	}
	exports.scheduleReadableStreamLike = scheduleReadableStreamLike;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/scheduled/scheduled.js
var require_scheduled = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scheduled = void 0;
	var scheduleObservable_1 = require_scheduleObservable();
	var schedulePromise_1 = require_schedulePromise();
	var scheduleArray_1 = require_scheduleArray();
	var scheduleIterable_1 = require_scheduleIterable();
	var scheduleAsyncIterable_1 = require_scheduleAsyncIterable();
	var isInteropObservable_1 = require_isInteropObservable();
	var isPromise_1 = require_isPromise();
	var isArrayLike_1 = require_isArrayLike();
	var isIterable_1 = require_isIterable();
	var isAsyncIterable_1 = require_isAsyncIterable();
	var throwUnobservableError_1 = require_throwUnobservableError();
	var isReadableStreamLike_1 = require_isReadableStreamLike();
	var scheduleReadableStreamLike_1 = require_scheduleReadableStreamLike();
	function scheduled(input, scheduler) {
		if (input != null) {
			if (isInteropObservable_1.isInteropObservable(input)) return scheduleObservable_1.scheduleObservable(input, scheduler);
			if (isArrayLike_1.isArrayLike(input)) return scheduleArray_1.scheduleArray(input, scheduler);
			if (isPromise_1.isPromise(input)) return schedulePromise_1.schedulePromise(input, scheduler);
			if (isAsyncIterable_1.isAsyncIterable(input)) return scheduleAsyncIterable_1.scheduleAsyncIterable(input, scheduler);
			if (isIterable_1.isIterable(input)) return scheduleIterable_1.scheduleIterable(input, scheduler);
			if (isReadableStreamLike_1.isReadableStreamLike(input)) return scheduleReadableStreamLike_1.scheduleReadableStreamLike(input, scheduler);
		}
		throw throwUnobservableError_1.createInvalidObservableTypeError(input);
	}
	exports.scheduled = scheduled;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/from.js
var require_from = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.from = void 0;
	var scheduled_1 = require_scheduled();
	var innerFrom_1 = require_innerFrom();
	function from(input, scheduler) {
		return scheduler ? scheduled_1.scheduled(input, scheduler) : innerFrom_1.innerFrom(input);
	}
	exports.from = from;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/of.js
var require_of = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.of = void 0;
	var args_1 = require_args();
	var from_1 = require_from();
	function of() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var scheduler = args_1.popScheduler(args);
		return from_1.from(args, scheduler);
	}
	exports.of = of;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/throwError.js
var require_throwError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.throwError = void 0;
	var Observable_1 = require_Observable();
	var isFunction_1 = require_isFunction();
	function throwError(errorOrErrorFactory, scheduler) {
		var errorFactory = isFunction_1.isFunction(errorOrErrorFactory) ? errorOrErrorFactory : function() {
			return errorOrErrorFactory;
		};
		var init = function(subscriber) {
			return subscriber.error(errorFactory());
		};
		return new Observable_1.Observable(scheduler ? function(subscriber) {
			return scheduler.schedule(init, 0, subscriber);
		} : init);
	}
	exports.throwError = throwError;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/Notification.js
var require_Notification = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.observeNotification = exports.Notification = exports.NotificationKind = void 0;
	var empty_1 = require_empty();
	var of_1 = require_of();
	var throwError_1 = require_throwError();
	var isFunction_1 = require_isFunction();
	(function(NotificationKind) {
		NotificationKind["NEXT"] = "N";
		NotificationKind["ERROR"] = "E";
		NotificationKind["COMPLETE"] = "C";
	})(exports.NotificationKind || (exports.NotificationKind = {}));
	exports.Notification = function() {
		function Notification(kind, value, error) {
			this.kind = kind;
			this.value = value;
			this.error = error;
			this.hasValue = kind === "N";
		}
		Notification.prototype.observe = function(observer) {
			return observeNotification(this, observer);
		};
		Notification.prototype.do = function(nextHandler, errorHandler, completeHandler) {
			var _a = this, kind = _a.kind, value = _a.value, error = _a.error;
			return kind === "N" ? nextHandler === null || nextHandler === void 0 ? void 0 : nextHandler(value) : kind === "E" ? errorHandler === null || errorHandler === void 0 ? void 0 : errorHandler(error) : completeHandler === null || completeHandler === void 0 ? void 0 : completeHandler();
		};
		Notification.prototype.accept = function(nextOrObserver, error, complete) {
			var _a;
			return isFunction_1.isFunction((_a = nextOrObserver) === null || _a === void 0 ? void 0 : _a.next) ? this.observe(nextOrObserver) : this.do(nextOrObserver, error, complete);
		};
		Notification.prototype.toObservable = function() {
			var _a = this, kind = _a.kind, value = _a.value, error = _a.error;
			var result = kind === "N" ? of_1.of(value) : kind === "E" ? throwError_1.throwError(function() {
				return error;
			}) : kind === "C" ? empty_1.EMPTY : 0;
			if (!result) throw new TypeError("Unexpected notification kind " + kind);
			return result;
		};
		Notification.createNext = function(value) {
			return new Notification("N", value);
		};
		Notification.createError = function(err) {
			return new Notification("E", void 0, err);
		};
		Notification.createComplete = function() {
			return Notification.completeNotification;
		};
		Notification.completeNotification = new Notification("C");
		return Notification;
	}();
	function observeNotification(notification, observer) {
		var _a, _b, _c;
		var _d = notification, kind = _d.kind, value = _d.value, error = _d.error;
		if (typeof kind !== "string") throw new TypeError("Invalid notification, missing \"kind\"");
		kind === "N" ? (_a = observer.next) === null || _a === void 0 || _a.call(observer, value) : kind === "E" ? (_b = observer.error) === null || _b === void 0 || _b.call(observer, error) : (_c = observer.complete) === null || _c === void 0 || _c.call(observer);
	}
	exports.observeNotification = observeNotification;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isObservable.js
var require_isObservable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isObservable = void 0;
	var Observable_1 = require_Observable();
	var isFunction_1 = require_isFunction();
	function isObservable(obj) {
		return !!obj && (obj instanceof Observable_1.Observable || isFunction_1.isFunction(obj.lift) && isFunction_1.isFunction(obj.subscribe));
	}
	exports.isObservable = isObservable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/EmptyError.js
var require_EmptyError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.EmptyError = void 0;
	exports.EmptyError = require_createErrorClass().createErrorClass(function(_super) {
		return function EmptyErrorImpl() {
			_super(this);
			this.name = "EmptyError";
			this.message = "no elements in sequence";
		};
	});
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/lastValueFrom.js
var require_lastValueFrom = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.lastValueFrom = void 0;
	var EmptyError_1 = require_EmptyError();
	function lastValueFrom(source, config) {
		var hasConfig = typeof config === "object";
		return new Promise(function(resolve, reject) {
			var _hasValue = false;
			var _value;
			source.subscribe({
				next: function(value) {
					_value = value;
					_hasValue = true;
				},
				error: reject,
				complete: function() {
					if (_hasValue) resolve(_value);
					else if (hasConfig) resolve(config.defaultValue);
					else reject(new EmptyError_1.EmptyError());
				}
			});
		});
	}
	exports.lastValueFrom = lastValueFrom;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/firstValueFrom.js
var require_firstValueFrom = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.firstValueFrom = void 0;
	var EmptyError_1 = require_EmptyError();
	var Subscriber_1 = require_Subscriber();
	function firstValueFrom(source, config) {
		var hasConfig = typeof config === "object";
		return new Promise(function(resolve, reject) {
			var subscriber = new Subscriber_1.SafeSubscriber({
				next: function(value) {
					resolve(value);
					subscriber.unsubscribe();
				},
				error: reject,
				complete: function() {
					if (hasConfig) resolve(config.defaultValue);
					else reject(new EmptyError_1.EmptyError());
				}
			});
			source.subscribe(subscriber);
		});
	}
	exports.firstValueFrom = firstValueFrom;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/ArgumentOutOfRangeError.js
var require_ArgumentOutOfRangeError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ArgumentOutOfRangeError = void 0;
	exports.ArgumentOutOfRangeError = require_createErrorClass().createErrorClass(function(_super) {
		return function ArgumentOutOfRangeErrorImpl() {
			_super(this);
			this.name = "ArgumentOutOfRangeError";
			this.message = "argument out of range";
		};
	});
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/NotFoundError.js
var require_NotFoundError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.NotFoundError = void 0;
	exports.NotFoundError = require_createErrorClass().createErrorClass(function(_super) {
		return function NotFoundErrorImpl(message) {
			_super(this);
			this.name = "NotFoundError";
			this.message = message;
		};
	});
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/SequenceError.js
var require_SequenceError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.SequenceError = void 0;
	exports.SequenceError = require_createErrorClass().createErrorClass(function(_super) {
		return function SequenceErrorImpl(message) {
			_super(this);
			this.name = "SequenceError";
			this.message = message;
		};
	});
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/isDate.js
var require_isDate = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isValidDate = void 0;
	function isValidDate(value) {
		return value instanceof Date && !isNaN(value);
	}
	exports.isValidDate = isValidDate;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/timeout.js
var require_timeout = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.timeout = exports.TimeoutError = void 0;
	var async_1 = require_async();
	var isDate_1 = require_isDate();
	var lift_1 = require_lift();
	var innerFrom_1 = require_innerFrom();
	var createErrorClass_1 = require_createErrorClass();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var executeSchedule_1 = require_executeSchedule();
	exports.TimeoutError = createErrorClass_1.createErrorClass(function(_super) {
		return function TimeoutErrorImpl(info) {
			if (info === void 0) info = null;
			_super(this);
			this.message = "Timeout has occurred";
			this.name = "TimeoutError";
			this.info = info;
		};
	});
	function timeout(config, schedulerArg) {
		var _a = isDate_1.isValidDate(config) ? { first: config } : typeof config === "number" ? { each: config } : config, first = _a.first, each = _a.each, _b = _a.with, _with = _b === void 0 ? timeoutErrorFactory : _b, _c = _a.scheduler, scheduler = _c === void 0 ? schedulerArg !== null && schedulerArg !== void 0 ? schedulerArg : async_1.asyncScheduler : _c, _d = _a.meta, meta = _d === void 0 ? null : _d;
		if (first == null && each == null) throw new TypeError("No timeout provided.");
		return lift_1.operate(function(source, subscriber) {
			var originalSourceSubscription;
			var timerSubscription;
			var lastValue = null;
			var seen = 0;
			var startTimer = function(delay) {
				timerSubscription = executeSchedule_1.executeSchedule(subscriber, scheduler, function() {
					try {
						originalSourceSubscription.unsubscribe();
						innerFrom_1.innerFrom(_with({
							meta,
							lastValue,
							seen
						})).subscribe(subscriber);
					} catch (err) {
						subscriber.error(err);
					}
				}, delay);
			};
			originalSourceSubscription = source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				timerSubscription === null || timerSubscription === void 0 || timerSubscription.unsubscribe();
				seen++;
				subscriber.next(lastValue = value);
				each > 0 && startTimer(each);
			}, void 0, void 0, function() {
				if (!(timerSubscription === null || timerSubscription === void 0 ? void 0 : timerSubscription.closed)) timerSubscription === null || timerSubscription === void 0 || timerSubscription.unsubscribe();
				lastValue = null;
			}));
			!seen && startTimer(first != null ? typeof first === "number" ? first : +first - scheduler.now() : each);
		});
	}
	exports.timeout = timeout;
	function timeoutErrorFactory(info) {
		throw new exports.TimeoutError(info);
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/map.js
var require_map = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.map = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function map(project, thisArg) {
		return lift_1.operate(function(source, subscriber) {
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				subscriber.next(project.call(thisArg, value, index++));
			}));
		});
	}
	exports.map = map;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/mapOneOrManyArgs.js
var require_mapOneOrManyArgs = /* @__PURE__ */ __commonJSMin(((exports, module, this$25) => {
	var __read = this$25 && this$25.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$25 && this$25.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mapOneOrManyArgs = void 0;
	var map_1 = require_map();
	var isArray = Array.isArray;
	function callOrApply(fn, args) {
		return isArray(args) ? fn.apply(void 0, __spreadArray([], __read(args))) : fn(args);
	}
	function mapOneOrManyArgs(fn) {
		return map_1.map(function(args) {
			return callOrApply(fn, args);
		});
	}
	exports.mapOneOrManyArgs = mapOneOrManyArgs;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/bindCallbackInternals.js
var require_bindCallbackInternals = /* @__PURE__ */ __commonJSMin(((exports, module, this$24) => {
	var __read = this$24 && this$24.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$24 && this$24.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.bindCallbackInternals = void 0;
	var isScheduler_1 = require_isScheduler();
	var Observable_1 = require_Observable();
	var subscribeOn_1 = require_subscribeOn();
	var mapOneOrManyArgs_1 = require_mapOneOrManyArgs();
	var observeOn_1 = require_observeOn();
	var AsyncSubject_1 = require_AsyncSubject();
	function bindCallbackInternals(isNodeStyle, callbackFunc, resultSelector, scheduler) {
		if (resultSelector) {
			if (isScheduler_1.isScheduler(resultSelector)) scheduler = resultSelector;
			else return function() {
				var args = [];
				for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
				return bindCallbackInternals(isNodeStyle, callbackFunc, scheduler).apply(this, args).pipe(mapOneOrManyArgs_1.mapOneOrManyArgs(resultSelector));
			};
		}
		if (scheduler) return function() {
			var args = [];
			for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
			return bindCallbackInternals(isNodeStyle, callbackFunc).apply(this, args).pipe(subscribeOn_1.subscribeOn(scheduler), observeOn_1.observeOn(scheduler));
		};
		return function() {
			var _this = this;
			var args = [];
			for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
			var subject = new AsyncSubject_1.AsyncSubject();
			var uninitialized = true;
			return new Observable_1.Observable(function(subscriber) {
				var subs = subject.subscribe(subscriber);
				if (uninitialized) {
					uninitialized = false;
					var isAsync_1 = false;
					var isComplete_1 = false;
					callbackFunc.apply(_this, __spreadArray(__spreadArray([], __read(args)), [function() {
						var results = [];
						for (var _i = 0; _i < arguments.length; _i++) results[_i] = arguments[_i];
						if (isNodeStyle) {
							var err = results.shift();
							if (err != null) {
								subject.error(err);
								return;
							}
						}
						subject.next(1 < results.length ? results : results[0]);
						isComplete_1 = true;
						if (isAsync_1) subject.complete();
					}]));
					if (isComplete_1) subject.complete();
					isAsync_1 = true;
				}
				return subs;
			});
		};
	}
	exports.bindCallbackInternals = bindCallbackInternals;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/bindCallback.js
var require_bindCallback = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.bindCallback = void 0;
	var bindCallbackInternals_1 = require_bindCallbackInternals();
	function bindCallback(callbackFunc, resultSelector, scheduler) {
		return bindCallbackInternals_1.bindCallbackInternals(false, callbackFunc, resultSelector, scheduler);
	}
	exports.bindCallback = bindCallback;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/bindNodeCallback.js
var require_bindNodeCallback = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.bindNodeCallback = void 0;
	var bindCallbackInternals_1 = require_bindCallbackInternals();
	function bindNodeCallback(callbackFunc, resultSelector, scheduler) {
		return bindCallbackInternals_1.bindCallbackInternals(true, callbackFunc, resultSelector, scheduler);
	}
	exports.bindNodeCallback = bindNodeCallback;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/argsArgArrayOrObject.js
var require_argsArgArrayOrObject = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.argsArgArrayOrObject = void 0;
	var isArray = Array.isArray;
	var getPrototypeOf = Object.getPrototypeOf;
	var objectProto = Object.prototype;
	var getKeys = Object.keys;
	function argsArgArrayOrObject(args) {
		if (args.length === 1) {
			var first_1 = args[0];
			if (isArray(first_1)) return {
				args: first_1,
				keys: null
			};
			if (isPOJO(first_1)) {
				var keys = getKeys(first_1);
				return {
					args: keys.map(function(key) {
						return first_1[key];
					}),
					keys
				};
			}
		}
		return {
			args,
			keys: null
		};
	}
	exports.argsArgArrayOrObject = argsArgArrayOrObject;
	function isPOJO(obj) {
		return obj && typeof obj === "object" && getPrototypeOf(obj) === objectProto;
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/createObject.js
var require_createObject = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.createObject = void 0;
	function createObject(keys, values) {
		return keys.reduce(function(result, key, i) {
			return result[key] = values[i], result;
		}, {});
	}
	exports.createObject = createObject;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/combineLatest.js
var require_combineLatest$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.combineLatestInit = exports.combineLatest = void 0;
	var Observable_1 = require_Observable();
	var argsArgArrayOrObject_1 = require_argsArgArrayOrObject();
	var from_1 = require_from();
	var identity_1 = require_identity();
	var mapOneOrManyArgs_1 = require_mapOneOrManyArgs();
	var args_1 = require_args();
	var createObject_1 = require_createObject();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var executeSchedule_1 = require_executeSchedule();
	function combineLatest() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var scheduler = args_1.popScheduler(args);
		var resultSelector = args_1.popResultSelector(args);
		var _a = argsArgArrayOrObject_1.argsArgArrayOrObject(args), observables = _a.args, keys = _a.keys;
		if (observables.length === 0) return from_1.from([], scheduler);
		var result = new Observable_1.Observable(combineLatestInit(observables, scheduler, keys ? function(values) {
			return createObject_1.createObject(keys, values);
		} : identity_1.identity));
		return resultSelector ? result.pipe(mapOneOrManyArgs_1.mapOneOrManyArgs(resultSelector)) : result;
	}
	exports.combineLatest = combineLatest;
	function combineLatestInit(observables, scheduler, valueTransform) {
		if (valueTransform === void 0) valueTransform = identity_1.identity;
		return function(subscriber) {
			maybeSchedule(scheduler, function() {
				var length = observables.length;
				var values = new Array(length);
				var active = length;
				var remainingFirstValues = length;
				var _loop_1 = function(i) {
					maybeSchedule(scheduler, function() {
						var source = from_1.from(observables[i], scheduler);
						var hasFirstValue = false;
						source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
							values[i] = value;
							if (!hasFirstValue) {
								hasFirstValue = true;
								remainingFirstValues--;
							}
							if (!remainingFirstValues) subscriber.next(valueTransform(values.slice()));
						}, function() {
							if (!--active) subscriber.complete();
						}));
					}, subscriber);
				};
				for (var i = 0; i < length; i++) _loop_1(i);
			}, subscriber);
		};
	}
	exports.combineLatestInit = combineLatestInit;
	function maybeSchedule(scheduler, execute, subscription) {
		if (scheduler) executeSchedule_1.executeSchedule(subscription, scheduler, execute);
		else execute();
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/mergeInternals.js
var require_mergeInternals = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mergeInternals = void 0;
	var innerFrom_1 = require_innerFrom();
	var executeSchedule_1 = require_executeSchedule();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function mergeInternals(source, subscriber, project, concurrent, onBeforeNext, expand, innerSubScheduler, additionalFinalizer) {
		var buffer = [];
		var active = 0;
		var index = 0;
		var isComplete = false;
		var checkComplete = function() {
			if (isComplete && !buffer.length && !active) subscriber.complete();
		};
		var outerNext = function(value) {
			return active < concurrent ? doInnerSub(value) : buffer.push(value);
		};
		var doInnerSub = function(value) {
			expand && subscriber.next(value);
			active++;
			var innerComplete = false;
			innerFrom_1.innerFrom(project(value, index++)).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(innerValue) {
				onBeforeNext === null || onBeforeNext === void 0 || onBeforeNext(innerValue);
				if (expand) outerNext(innerValue);
				else subscriber.next(innerValue);
			}, function() {
				innerComplete = true;
			}, void 0, function() {
				if (innerComplete) try {
					active--;
					var _loop_1 = function() {
						var bufferedValue = buffer.shift();
						if (innerSubScheduler) executeSchedule_1.executeSchedule(subscriber, innerSubScheduler, function() {
							return doInnerSub(bufferedValue);
						});
						else doInnerSub(bufferedValue);
					};
					while (buffer.length && active < concurrent) _loop_1();
					checkComplete();
				} catch (err) {
					subscriber.error(err);
				}
			}));
		};
		source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, outerNext, function() {
			isComplete = true;
			checkComplete();
		}));
		return function() {
			additionalFinalizer === null || additionalFinalizer === void 0 || additionalFinalizer();
		};
	}
	exports.mergeInternals = mergeInternals;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/mergeMap.js
var require_mergeMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mergeMap = void 0;
	var map_1 = require_map();
	var innerFrom_1 = require_innerFrom();
	var lift_1 = require_lift();
	var mergeInternals_1 = require_mergeInternals();
	var isFunction_1 = require_isFunction();
	function mergeMap(project, resultSelector, concurrent) {
		if (concurrent === void 0) concurrent = Infinity;
		if (isFunction_1.isFunction(resultSelector)) return mergeMap(function(a, i) {
			return map_1.map(function(b, ii) {
				return resultSelector(a, b, i, ii);
			})(innerFrom_1.innerFrom(project(a, i)));
		}, concurrent);
		else if (typeof resultSelector === "number") concurrent = resultSelector;
		return lift_1.operate(function(source, subscriber) {
			return mergeInternals_1.mergeInternals(source, subscriber, project, concurrent);
		});
	}
	exports.mergeMap = mergeMap;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/mergeAll.js
var require_mergeAll = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mergeAll = void 0;
	var mergeMap_1 = require_mergeMap();
	var identity_1 = require_identity();
	function mergeAll(concurrent) {
		if (concurrent === void 0) concurrent = Infinity;
		return mergeMap_1.mergeMap(identity_1.identity, concurrent);
	}
	exports.mergeAll = mergeAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/concatAll.js
var require_concatAll = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.concatAll = void 0;
	var mergeAll_1 = require_mergeAll();
	function concatAll() {
		return mergeAll_1.mergeAll(1);
	}
	exports.concatAll = concatAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/concat.js
var require_concat$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.concat = void 0;
	var concatAll_1 = require_concatAll();
	var args_1 = require_args();
	var from_1 = require_from();
	function concat() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		return concatAll_1.concatAll()(from_1.from(args, args_1.popScheduler(args)));
	}
	exports.concat = concat;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/defer.js
var require_defer = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.defer = void 0;
	var Observable_1 = require_Observable();
	var innerFrom_1 = require_innerFrom();
	function defer(observableFactory) {
		return new Observable_1.Observable(function(subscriber) {
			innerFrom_1.innerFrom(observableFactory()).subscribe(subscriber);
		});
	}
	exports.defer = defer;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/connectable.js
var require_connectable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.connectable = void 0;
	var Subject_1 = require_Subject();
	var Observable_1 = require_Observable();
	var defer_1 = require_defer();
	var DEFAULT_CONFIG = {
		connector: function() {
			return new Subject_1.Subject();
		},
		resetOnDisconnect: true
	};
	function connectable(source, config) {
		if (config === void 0) config = DEFAULT_CONFIG;
		var connection = null;
		var connector = config.connector, _a = config.resetOnDisconnect, resetOnDisconnect = _a === void 0 ? true : _a;
		var subject = connector();
		var result = new Observable_1.Observable(function(subscriber) {
			return subject.subscribe(subscriber);
		});
		result.connect = function() {
			if (!connection || connection.closed) {
				connection = defer_1.defer(function() {
					return source;
				}).subscribe(subject);
				if (resetOnDisconnect) connection.add(function() {
					return subject = connector();
				});
			}
			return connection;
		};
		return result;
	}
	exports.connectable = connectable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/forkJoin.js
var require_forkJoin = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.forkJoin = void 0;
	var Observable_1 = require_Observable();
	var argsArgArrayOrObject_1 = require_argsArgArrayOrObject();
	var innerFrom_1 = require_innerFrom();
	var args_1 = require_args();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var mapOneOrManyArgs_1 = require_mapOneOrManyArgs();
	var createObject_1 = require_createObject();
	function forkJoin() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var resultSelector = args_1.popResultSelector(args);
		var _a = argsArgArrayOrObject_1.argsArgArrayOrObject(args), sources = _a.args, keys = _a.keys;
		var result = new Observable_1.Observable(function(subscriber) {
			var length = sources.length;
			if (!length) {
				subscriber.complete();
				return;
			}
			var values = new Array(length);
			var remainingCompletions = length;
			var remainingEmissions = length;
			var _loop_1 = function(sourceIndex) {
				var hasValue = false;
				innerFrom_1.innerFrom(sources[sourceIndex]).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
					if (!hasValue) {
						hasValue = true;
						remainingEmissions--;
					}
					values[sourceIndex] = value;
				}, function() {
					return remainingCompletions--;
				}, void 0, function() {
					if (!remainingCompletions || !hasValue) {
						if (!remainingEmissions) subscriber.next(keys ? createObject_1.createObject(keys, values) : values);
						subscriber.complete();
					}
				}));
			};
			for (var sourceIndex = 0; sourceIndex < length; sourceIndex++) _loop_1(sourceIndex);
		});
		return resultSelector ? result.pipe(mapOneOrManyArgs_1.mapOneOrManyArgs(resultSelector)) : result;
	}
	exports.forkJoin = forkJoin;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/fromEvent.js
var require_fromEvent = /* @__PURE__ */ __commonJSMin(((exports, module, this$23) => {
	var __read = this$23 && this$23.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.fromEvent = void 0;
	var innerFrom_1 = require_innerFrom();
	var Observable_1 = require_Observable();
	var mergeMap_1 = require_mergeMap();
	var isArrayLike_1 = require_isArrayLike();
	var isFunction_1 = require_isFunction();
	var mapOneOrManyArgs_1 = require_mapOneOrManyArgs();
	var nodeEventEmitterMethods = ["addListener", "removeListener"];
	var eventTargetMethods = ["addEventListener", "removeEventListener"];
	var jqueryMethods = ["on", "off"];
	function fromEvent(target, eventName, options, resultSelector) {
		if (isFunction_1.isFunction(options)) {
			resultSelector = options;
			options = void 0;
		}
		if (resultSelector) return fromEvent(target, eventName, options).pipe(mapOneOrManyArgs_1.mapOneOrManyArgs(resultSelector));
		var _a = __read(isEventTarget(target) ? eventTargetMethods.map(function(methodName) {
			return function(handler) {
				return target[methodName](eventName, handler, options);
			};
		}) : isNodeStyleEventEmitter(target) ? nodeEventEmitterMethods.map(toCommonHandlerRegistry(target, eventName)) : isJQueryStyleEventEmitter(target) ? jqueryMethods.map(toCommonHandlerRegistry(target, eventName)) : [], 2), add = _a[0], remove = _a[1];
		if (!add) {
			if (isArrayLike_1.isArrayLike(target)) return mergeMap_1.mergeMap(function(subTarget) {
				return fromEvent(subTarget, eventName, options);
			})(innerFrom_1.innerFrom(target));
		}
		if (!add) throw new TypeError("Invalid event target");
		return new Observable_1.Observable(function(subscriber) {
			var handler = function() {
				var args = [];
				for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
				return subscriber.next(1 < args.length ? args : args[0]);
			};
			add(handler);
			return function() {
				return remove(handler);
			};
		});
	}
	exports.fromEvent = fromEvent;
	function toCommonHandlerRegistry(target, eventName) {
		return function(methodName) {
			return function(handler) {
				return target[methodName](eventName, handler);
			};
		};
	}
	function isNodeStyleEventEmitter(target) {
		return isFunction_1.isFunction(target.addListener) && isFunction_1.isFunction(target.removeListener);
	}
	function isJQueryStyleEventEmitter(target) {
		return isFunction_1.isFunction(target.on) && isFunction_1.isFunction(target.off);
	}
	function isEventTarget(target) {
		return isFunction_1.isFunction(target.addEventListener) && isFunction_1.isFunction(target.removeEventListener);
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/fromEventPattern.js
var require_fromEventPattern = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.fromEventPattern = void 0;
	var Observable_1 = require_Observable();
	var isFunction_1 = require_isFunction();
	var mapOneOrManyArgs_1 = require_mapOneOrManyArgs();
	function fromEventPattern(addHandler, removeHandler, resultSelector) {
		if (resultSelector) return fromEventPattern(addHandler, removeHandler).pipe(mapOneOrManyArgs_1.mapOneOrManyArgs(resultSelector));
		return new Observable_1.Observable(function(subscriber) {
			var handler = function() {
				var e = [];
				for (var _i = 0; _i < arguments.length; _i++) e[_i] = arguments[_i];
				return subscriber.next(e.length === 1 ? e[0] : e);
			};
			var retValue = addHandler(handler);
			return isFunction_1.isFunction(removeHandler) ? function() {
				return removeHandler(handler, retValue);
			} : void 0;
		});
	}
	exports.fromEventPattern = fromEventPattern;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/generate.js
var require_generate = /* @__PURE__ */ __commonJSMin(((exports, module, this$22) => {
	var __generator = this$22 && this$22.__generator || function(thisArg, body) {
		var _ = {
			label: 0,
			sent: function() {
				if (t[0] & 1) throw t[1];
				return t[1];
			},
			trys: [],
			ops: []
		}, f, y, t, g = {
			next: verb(0),
			"throw": verb(1),
			"return": verb(2)
		};
		return typeof Symbol === "function" && (g[Symbol.iterator] = function() {
			return this;
		}), g;
		function verb(n) {
			return function(v) {
				return step([n, v]);
			};
		}
		function step(op) {
			if (f) throw new TypeError("Generator is already executing.");
			while (_) try {
				if (f = 1, y && (t = op[0] & 2 ? y["return"] : op[0] ? y["throw"] || ((t = y["return"]) && t.call(y), 0) : y.next) && !(t = t.call(y, op[1])).done) return t;
				if (y = 0, t) op = [op[0] & 2, t.value];
				switch (op[0]) {
					case 0:
					case 1:
						t = op;
						break;
					case 4:
						_.label++;
						return {
							value: op[1],
							done: false
						};
					case 5:
						_.label++;
						y = op[1];
						op = [0];
						continue;
					case 7:
						op = _.ops.pop();
						_.trys.pop();
						continue;
					default:
						if (!(t = _.trys, t = t.length > 0 && t[t.length - 1]) && (op[0] === 6 || op[0] === 2)) {
							_ = 0;
							continue;
						}
						if (op[0] === 3 && (!t || op[1] > t[0] && op[1] < t[3])) {
							_.label = op[1];
							break;
						}
						if (op[0] === 6 && _.label < t[1]) {
							_.label = t[1];
							t = op;
							break;
						}
						if (t && _.label < t[2]) {
							_.label = t[2];
							_.ops.push(op);
							break;
						}
						if (t[2]) _.ops.pop();
						_.trys.pop();
						continue;
				}
				op = body.call(thisArg, _);
			} catch (e) {
				op = [6, e];
				y = 0;
			} finally {
				f = t = 0;
			}
			if (op[0] & 5) throw op[1];
			return {
				value: op[0] ? op[1] : void 0,
				done: true
			};
		}
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.generate = void 0;
	var identity_1 = require_identity();
	var isScheduler_1 = require_isScheduler();
	var defer_1 = require_defer();
	var scheduleIterable_1 = require_scheduleIterable();
	function generate(initialStateOrOptions, condition, iterate, resultSelectorOrScheduler, scheduler) {
		var _a, _b;
		var resultSelector;
		var initialState;
		if (arguments.length === 1) _a = initialStateOrOptions, initialState = _a.initialState, condition = _a.condition, iterate = _a.iterate, _b = _a.resultSelector, resultSelector = _b === void 0 ? identity_1.identity : _b, scheduler = _a.scheduler;
		else {
			initialState = initialStateOrOptions;
			if (!resultSelectorOrScheduler || isScheduler_1.isScheduler(resultSelectorOrScheduler)) {
				resultSelector = identity_1.identity;
				scheduler = resultSelectorOrScheduler;
			} else resultSelector = resultSelectorOrScheduler;
		}
		function gen() {
			var state;
			return __generator(this, function(_a) {
				switch (_a.label) {
					case 0:
						state = initialState;
						_a.label = 1;
					case 1:
						if (!(!condition || condition(state))) return [3, 4];
						return [4, resultSelector(state)];
					case 2:
						_a.sent();
						_a.label = 3;
					case 3:
						state = iterate(state);
						return [3, 1];
					case 4: return [2];
				}
			});
		}
		return defer_1.defer(scheduler ? function() {
			return scheduleIterable_1.scheduleIterable(gen(), scheduler);
		} : gen);
	}
	exports.generate = generate;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/iif.js
var require_iif = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.iif = void 0;
	var defer_1 = require_defer();
	function iif(condition, trueResult, falseResult) {
		return defer_1.defer(function() {
			return condition() ? trueResult : falseResult;
		});
	}
	exports.iif = iif;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/timer.js
var require_timer = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.timer = void 0;
	var Observable_1 = require_Observable();
	var async_1 = require_async();
	var isScheduler_1 = require_isScheduler();
	var isDate_1 = require_isDate();
	function timer(dueTime, intervalOrScheduler, scheduler) {
		if (dueTime === void 0) dueTime = 0;
		if (scheduler === void 0) scheduler = async_1.async;
		var intervalDuration = -1;
		if (intervalOrScheduler != null) {
			if (isScheduler_1.isScheduler(intervalOrScheduler)) scheduler = intervalOrScheduler;
			else intervalDuration = intervalOrScheduler;
		}
		return new Observable_1.Observable(function(subscriber) {
			var due = isDate_1.isValidDate(dueTime) ? +dueTime - scheduler.now() : dueTime;
			if (due < 0) due = 0;
			var n = 0;
			return scheduler.schedule(function() {
				if (!subscriber.closed) {
					subscriber.next(n++);
					if (0 <= intervalDuration) this.schedule(void 0, intervalDuration);
					else subscriber.complete();
				}
			}, due);
		});
	}
	exports.timer = timer;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/interval.js
var require_interval = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.interval = void 0;
	var async_1 = require_async();
	var timer_1 = require_timer();
	function interval(period, scheduler) {
		if (period === void 0) period = 0;
		if (scheduler === void 0) scheduler = async_1.asyncScheduler;
		if (period < 0) period = 0;
		return timer_1.timer(period, period, scheduler);
	}
	exports.interval = interval;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/merge.js
var require_merge$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.merge = void 0;
	var mergeAll_1 = require_mergeAll();
	var innerFrom_1 = require_innerFrom();
	var empty_1 = require_empty();
	var args_1 = require_args();
	var from_1 = require_from();
	function merge() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var scheduler = args_1.popScheduler(args);
		var concurrent = args_1.popNumber(args, Infinity);
		var sources = args;
		return !sources.length ? empty_1.EMPTY : sources.length === 1 ? innerFrom_1.innerFrom(sources[0]) : mergeAll_1.mergeAll(concurrent)(from_1.from(sources, scheduler));
	}
	exports.merge = merge;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/never.js
var require_never = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.never = exports.NEVER = void 0;
	var Observable_1 = require_Observable();
	var noop_1 = require_noop();
	exports.NEVER = new Observable_1.Observable(noop_1.noop);
	function never() {
		return exports.NEVER;
	}
	exports.never = never;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/argsOrArgArray.js
var require_argsOrArgArray = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.argsOrArgArray = void 0;
	var isArray = Array.isArray;
	function argsOrArgArray(args) {
		return args.length === 1 && isArray(args[0]) ? args[0] : args;
	}
	exports.argsOrArgArray = argsOrArgArray;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/onErrorResumeNext.js
var require_onErrorResumeNext = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.onErrorResumeNext = void 0;
	var Observable_1 = require_Observable();
	var argsOrArgArray_1 = require_argsOrArgArray();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var noop_1 = require_noop();
	var innerFrom_1 = require_innerFrom();
	function onErrorResumeNext() {
		var sources = [];
		for (var _i = 0; _i < arguments.length; _i++) sources[_i] = arguments[_i];
		var nextSources = argsOrArgArray_1.argsOrArgArray(sources);
		return new Observable_1.Observable(function(subscriber) {
			var sourceIndex = 0;
			var subscribeNext = function() {
				if (sourceIndex < nextSources.length) {
					var nextSource = void 0;
					try {
						nextSource = innerFrom_1.innerFrom(nextSources[sourceIndex++]);
					} catch (err) {
						subscribeNext();
						return;
					}
					var innerSubscriber = new OperatorSubscriber_1.OperatorSubscriber(subscriber, void 0, noop_1.noop, noop_1.noop);
					nextSource.subscribe(innerSubscriber);
					innerSubscriber.add(subscribeNext);
				} else subscriber.complete();
			};
			subscribeNext();
		});
	}
	exports.onErrorResumeNext = onErrorResumeNext;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/pairs.js
var require_pairs = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.pairs = void 0;
	var from_1 = require_from();
	function pairs(obj, scheduler) {
		return from_1.from(Object.entries(obj), scheduler);
	}
	exports.pairs = pairs;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/util/not.js
var require_not = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.not = void 0;
	function not(pred, thisArg) {
		return function(value, index) {
			return !pred.call(thisArg, value, index);
		};
	}
	exports.not = not;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/filter.js
var require_filter = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.filter = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function filter(predicate, thisArg) {
		return lift_1.operate(function(source, subscriber) {
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return predicate.call(thisArg, value, index++) && subscriber.next(value);
			}));
		});
	}
	exports.filter = filter;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/partition.js
var require_partition = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.partition = void 0;
	var not_1 = require_not();
	var filter_1 = require_filter();
	var innerFrom_1 = require_innerFrom();
	function partition(source, predicate, thisArg) {
		return [filter_1.filter(predicate, thisArg)(innerFrom_1.innerFrom(source)), filter_1.filter(not_1.not(predicate, thisArg))(innerFrom_1.innerFrom(source))];
	}
	exports.partition = partition;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/race.js
var require_race = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.raceInit = exports.race = void 0;
	var Observable_1 = require_Observable();
	var innerFrom_1 = require_innerFrom();
	var argsOrArgArray_1 = require_argsOrArgArray();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function race() {
		var sources = [];
		for (var _i = 0; _i < arguments.length; _i++) sources[_i] = arguments[_i];
		sources = argsOrArgArray_1.argsOrArgArray(sources);
		return sources.length === 1 ? innerFrom_1.innerFrom(sources[0]) : new Observable_1.Observable(raceInit(sources));
	}
	exports.race = race;
	function raceInit(sources) {
		return function(subscriber) {
			var subscriptions = [];
			var _loop_1 = function(i) {
				subscriptions.push(innerFrom_1.innerFrom(sources[i]).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
					if (subscriptions) {
						for (var s = 0; s < subscriptions.length; s++) s !== i && subscriptions[s].unsubscribe();
						subscriptions = null;
					}
					subscriber.next(value);
				})));
			};
			for (var i = 0; subscriptions && !subscriber.closed && i < sources.length; i++) _loop_1(i);
		};
	}
	exports.raceInit = raceInit;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/range.js
var require_range = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.range = void 0;
	var Observable_1 = require_Observable();
	var empty_1 = require_empty();
	function range(start, count, scheduler) {
		if (count == null) {
			count = start;
			start = 0;
		}
		if (count <= 0) return empty_1.EMPTY;
		var end = count + start;
		return new Observable_1.Observable(scheduler ? function(subscriber) {
			var n = start;
			return scheduler.schedule(function() {
				if (n < end) {
					subscriber.next(n++);
					this.schedule();
				} else subscriber.complete();
			});
		} : function(subscriber) {
			var n = start;
			while (n < end && !subscriber.closed) subscriber.next(n++);
			subscriber.complete();
		});
	}
	exports.range = range;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/using.js
var require_using = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.using = void 0;
	var Observable_1 = require_Observable();
	var innerFrom_1 = require_innerFrom();
	var empty_1 = require_empty();
	function using(resourceFactory, observableFactory) {
		return new Observable_1.Observable(function(subscriber) {
			var resource = resourceFactory();
			var result = observableFactory(resource);
			(result ? innerFrom_1.innerFrom(result) : empty_1.EMPTY).subscribe(subscriber);
			return function() {
				if (resource) resource.unsubscribe();
			};
		});
	}
	exports.using = using;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/zip.js
var require_zip$1 = /* @__PURE__ */ __commonJSMin(((exports, module, this$21) => {
	var __read = this$21 && this$21.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$21 && this$21.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.zip = void 0;
	var Observable_1 = require_Observable();
	var innerFrom_1 = require_innerFrom();
	var argsOrArgArray_1 = require_argsOrArgArray();
	var empty_1 = require_empty();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var args_1 = require_args();
	function zip() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var resultSelector = args_1.popResultSelector(args);
		var sources = argsOrArgArray_1.argsOrArgArray(args);
		return sources.length ? new Observable_1.Observable(function(subscriber) {
			var buffers = sources.map(function() {
				return [];
			});
			var completed = sources.map(function() {
				return false;
			});
			subscriber.add(function() {
				buffers = completed = null;
			});
			var _loop_1 = function(sourceIndex) {
				innerFrom_1.innerFrom(sources[sourceIndex]).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
					buffers[sourceIndex].push(value);
					if (buffers.every(function(buffer) {
						return buffer.length;
					})) {
						var result = buffers.map(function(buffer) {
							return buffer.shift();
						});
						subscriber.next(resultSelector ? resultSelector.apply(void 0, __spreadArray([], __read(result))) : result);
						if (buffers.some(function(buffer, i) {
							return !buffer.length && completed[i];
						})) subscriber.complete();
					}
				}, function() {
					completed[sourceIndex] = true;
					!buffers[sourceIndex].length && subscriber.complete();
				}));
			};
			for (var sourceIndex = 0; !subscriber.closed && sourceIndex < sources.length; sourceIndex++) _loop_1(sourceIndex);
			return function() {
				buffers = completed = null;
			};
		}) : empty_1.EMPTY;
	}
	exports.zip = zip;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/types.js
var require_types = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/audit.js
var require_audit = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.audit = void 0;
	var lift_1 = require_lift();
	var innerFrom_1 = require_innerFrom();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function audit(durationSelector) {
		return lift_1.operate(function(source, subscriber) {
			var hasValue = false;
			var lastValue = null;
			var durationSubscriber = null;
			var isComplete = false;
			var endDuration = function() {
				durationSubscriber === null || durationSubscriber === void 0 || durationSubscriber.unsubscribe();
				durationSubscriber = null;
				if (hasValue) {
					hasValue = false;
					var value = lastValue;
					lastValue = null;
					subscriber.next(value);
				}
				isComplete && subscriber.complete();
			};
			var cleanupDuration = function() {
				durationSubscriber = null;
				isComplete && subscriber.complete();
			};
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				hasValue = true;
				lastValue = value;
				if (!durationSubscriber) innerFrom_1.innerFrom(durationSelector(value)).subscribe(durationSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, endDuration, cleanupDuration));
			}, function() {
				isComplete = true;
				(!hasValue || !durationSubscriber || durationSubscriber.closed) && subscriber.complete();
			}));
		});
	}
	exports.audit = audit;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/auditTime.js
var require_auditTime = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.auditTime = void 0;
	var async_1 = require_async();
	var audit_1 = require_audit();
	var timer_1 = require_timer();
	function auditTime(duration, scheduler) {
		if (scheduler === void 0) scheduler = async_1.asyncScheduler;
		return audit_1.audit(function() {
			return timer_1.timer(duration, scheduler);
		});
	}
	exports.auditTime = auditTime;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/buffer.js
var require_buffer = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.buffer = void 0;
	var lift_1 = require_lift();
	var noop_1 = require_noop();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	function buffer(closingNotifier) {
		return lift_1.operate(function(source, subscriber) {
			var currentBuffer = [];
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return currentBuffer.push(value);
			}, function() {
				subscriber.next(currentBuffer);
				subscriber.complete();
			}));
			innerFrom_1.innerFrom(closingNotifier).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
				var b = currentBuffer;
				currentBuffer = [];
				subscriber.next(b);
			}, noop_1.noop));
			return function() {
				currentBuffer = null;
			};
		});
	}
	exports.buffer = buffer;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/bufferCount.js
var require_bufferCount = /* @__PURE__ */ __commonJSMin(((exports, module, this$20) => {
	var __values = this$20 && this$20.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.bufferCount = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var arrRemove_1 = require_arrRemove();
	function bufferCount(bufferSize, startBufferEvery) {
		if (startBufferEvery === void 0) startBufferEvery = null;
		startBufferEvery = startBufferEvery !== null && startBufferEvery !== void 0 ? startBufferEvery : bufferSize;
		return lift_1.operate(function(source, subscriber) {
			var buffers = [];
			var count = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var e_1, _a, e_2, _b;
				var toEmit = null;
				if (count++ % startBufferEvery === 0) buffers.push([]);
				try {
					for (var buffers_1 = __values(buffers), buffers_1_1 = buffers_1.next(); !buffers_1_1.done; buffers_1_1 = buffers_1.next()) {
						var buffer = buffers_1_1.value;
						buffer.push(value);
						if (bufferSize <= buffer.length) {
							toEmit = toEmit !== null && toEmit !== void 0 ? toEmit : [];
							toEmit.push(buffer);
						}
					}
				} catch (e_1_1) {
					e_1 = { error: e_1_1 };
				} finally {
					try {
						if (buffers_1_1 && !buffers_1_1.done && (_a = buffers_1.return)) _a.call(buffers_1);
					} finally {
						if (e_1) throw e_1.error;
					}
				}
				if (toEmit) try {
					for (var toEmit_1 = __values(toEmit), toEmit_1_1 = toEmit_1.next(); !toEmit_1_1.done; toEmit_1_1 = toEmit_1.next()) {
						var buffer = toEmit_1_1.value;
						arrRemove_1.arrRemove(buffers, buffer);
						subscriber.next(buffer);
					}
				} catch (e_2_1) {
					e_2 = { error: e_2_1 };
				} finally {
					try {
						if (toEmit_1_1 && !toEmit_1_1.done && (_b = toEmit_1.return)) _b.call(toEmit_1);
					} finally {
						if (e_2) throw e_2.error;
					}
				}
			}, function() {
				var e_3, _a;
				try {
					for (var buffers_2 = __values(buffers), buffers_2_1 = buffers_2.next(); !buffers_2_1.done; buffers_2_1 = buffers_2.next()) {
						var buffer = buffers_2_1.value;
						subscriber.next(buffer);
					}
				} catch (e_3_1) {
					e_3 = { error: e_3_1 };
				} finally {
					try {
						if (buffers_2_1 && !buffers_2_1.done && (_a = buffers_2.return)) _a.call(buffers_2);
					} finally {
						if (e_3) throw e_3.error;
					}
				}
				subscriber.complete();
			}, void 0, function() {
				buffers = null;
			}));
		});
	}
	exports.bufferCount = bufferCount;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/bufferTime.js
var require_bufferTime = /* @__PURE__ */ __commonJSMin(((exports, module, this$19) => {
	var __values = this$19 && this$19.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.bufferTime = void 0;
	var Subscription_1 = require_Subscription();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var arrRemove_1 = require_arrRemove();
	var async_1 = require_async();
	var args_1 = require_args();
	var executeSchedule_1 = require_executeSchedule();
	function bufferTime(bufferTimeSpan) {
		var _a, _b;
		var otherArgs = [];
		for (var _i = 1; _i < arguments.length; _i++) otherArgs[_i - 1] = arguments[_i];
		var scheduler = (_a = args_1.popScheduler(otherArgs)) !== null && _a !== void 0 ? _a : async_1.asyncScheduler;
		var bufferCreationInterval = (_b = otherArgs[0]) !== null && _b !== void 0 ? _b : null;
		var maxBufferSize = otherArgs[1] || Infinity;
		return lift_1.operate(function(source, subscriber) {
			var bufferRecords = [];
			var restartOnEmit = false;
			var emit = function(record) {
				var buffer = record.buffer;
				record.subs.unsubscribe();
				arrRemove_1.arrRemove(bufferRecords, record);
				subscriber.next(buffer);
				restartOnEmit && startBuffer();
			};
			var startBuffer = function() {
				if (bufferRecords) {
					var subs = new Subscription_1.Subscription();
					subscriber.add(subs);
					var record_1 = {
						buffer: [],
						subs
					};
					bufferRecords.push(record_1);
					executeSchedule_1.executeSchedule(subs, scheduler, function() {
						return emit(record_1);
					}, bufferTimeSpan);
				}
			};
			if (bufferCreationInterval !== null && bufferCreationInterval >= 0) executeSchedule_1.executeSchedule(subscriber, scheduler, startBuffer, bufferCreationInterval, true);
			else restartOnEmit = true;
			startBuffer();
			var bufferTimeSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var e_1, _a;
				var recordsCopy = bufferRecords.slice();
				try {
					for (var recordsCopy_1 = __values(recordsCopy), recordsCopy_1_1 = recordsCopy_1.next(); !recordsCopy_1_1.done; recordsCopy_1_1 = recordsCopy_1.next()) {
						var record = recordsCopy_1_1.value;
						var buffer = record.buffer;
						buffer.push(value);
						maxBufferSize <= buffer.length && emit(record);
					}
				} catch (e_1_1) {
					e_1 = { error: e_1_1 };
				} finally {
					try {
						if (recordsCopy_1_1 && !recordsCopy_1_1.done && (_a = recordsCopy_1.return)) _a.call(recordsCopy_1);
					} finally {
						if (e_1) throw e_1.error;
					}
				}
			}, function() {
				while (bufferRecords === null || bufferRecords === void 0 ? void 0 : bufferRecords.length) subscriber.next(bufferRecords.shift().buffer);
				bufferTimeSubscriber === null || bufferTimeSubscriber === void 0 || bufferTimeSubscriber.unsubscribe();
				subscriber.complete();
				subscriber.unsubscribe();
			}, void 0, function() {
				return bufferRecords = null;
			});
			source.subscribe(bufferTimeSubscriber);
		});
	}
	exports.bufferTime = bufferTime;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/bufferToggle.js
var require_bufferToggle = /* @__PURE__ */ __commonJSMin(((exports, module, this$18) => {
	var __values = this$18 && this$18.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.bufferToggle = void 0;
	var Subscription_1 = require_Subscription();
	var lift_1 = require_lift();
	var innerFrom_1 = require_innerFrom();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var noop_1 = require_noop();
	var arrRemove_1 = require_arrRemove();
	function bufferToggle(openings, closingSelector) {
		return lift_1.operate(function(source, subscriber) {
			var buffers = [];
			innerFrom_1.innerFrom(openings).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(openValue) {
				var buffer = [];
				buffers.push(buffer);
				var closingSubscription = new Subscription_1.Subscription();
				var emitBuffer = function() {
					arrRemove_1.arrRemove(buffers, buffer);
					subscriber.next(buffer);
					closingSubscription.unsubscribe();
				};
				closingSubscription.add(innerFrom_1.innerFrom(closingSelector(openValue)).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, emitBuffer, noop_1.noop)));
			}, noop_1.noop));
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var e_1, _a;
				try {
					for (var buffers_1 = __values(buffers), buffers_1_1 = buffers_1.next(); !buffers_1_1.done; buffers_1_1 = buffers_1.next()) buffers_1_1.value.push(value);
				} catch (e_1_1) {
					e_1 = { error: e_1_1 };
				} finally {
					try {
						if (buffers_1_1 && !buffers_1_1.done && (_a = buffers_1.return)) _a.call(buffers_1);
					} finally {
						if (e_1) throw e_1.error;
					}
				}
			}, function() {
				while (buffers.length > 0) subscriber.next(buffers.shift());
				subscriber.complete();
			}));
		});
	}
	exports.bufferToggle = bufferToggle;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/bufferWhen.js
var require_bufferWhen = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.bufferWhen = void 0;
	var lift_1 = require_lift();
	var noop_1 = require_noop();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	function bufferWhen(closingSelector) {
		return lift_1.operate(function(source, subscriber) {
			var buffer = null;
			var closingSubscriber = null;
			var openBuffer = function() {
				closingSubscriber === null || closingSubscriber === void 0 || closingSubscriber.unsubscribe();
				var b = buffer;
				buffer = [];
				b && subscriber.next(b);
				innerFrom_1.innerFrom(closingSelector()).subscribe(closingSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, openBuffer, noop_1.noop));
			};
			openBuffer();
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return buffer === null || buffer === void 0 ? void 0 : buffer.push(value);
			}, function() {
				buffer && subscriber.next(buffer);
				subscriber.complete();
			}, void 0, function() {
				return buffer = closingSubscriber = null;
			}));
		});
	}
	exports.bufferWhen = bufferWhen;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/catchError.js
var require_catchError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.catchError = void 0;
	var innerFrom_1 = require_innerFrom();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var lift_1 = require_lift();
	function catchError(selector) {
		return lift_1.operate(function(source, subscriber) {
			var innerSub = null;
			var syncUnsub = false;
			var handledResult;
			innerSub = source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, void 0, void 0, function(err) {
				handledResult = innerFrom_1.innerFrom(selector(err, catchError(selector)(source)));
				if (innerSub) {
					innerSub.unsubscribe();
					innerSub = null;
					handledResult.subscribe(subscriber);
				} else syncUnsub = true;
			}));
			if (syncUnsub) {
				innerSub.unsubscribe();
				innerSub = null;
				handledResult.subscribe(subscriber);
			}
		});
	}
	exports.catchError = catchError;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/scanInternals.js
var require_scanInternals = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scanInternals = void 0;
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function scanInternals(accumulator, seed, hasSeed, emitOnNext, emitBeforeComplete) {
		return function(source, subscriber) {
			var hasState = hasSeed;
			var state = seed;
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var i = index++;
				state = hasState ? accumulator(state, value, i) : (hasState = true, value);
				emitOnNext && subscriber.next(state);
			}, emitBeforeComplete && (function() {
				hasState && subscriber.next(state);
				subscriber.complete();
			})));
		};
	}
	exports.scanInternals = scanInternals;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/reduce.js
var require_reduce = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.reduce = void 0;
	var scanInternals_1 = require_scanInternals();
	var lift_1 = require_lift();
	function reduce(accumulator, seed) {
		return lift_1.operate(scanInternals_1.scanInternals(accumulator, seed, arguments.length >= 2, false, true));
	}
	exports.reduce = reduce;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/toArray.js
var require_toArray = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.toArray = void 0;
	var reduce_1 = require_reduce();
	var lift_1 = require_lift();
	var arrReducer = function(arr, value) {
		return arr.push(value), arr;
	};
	function toArray() {
		return lift_1.operate(function(source, subscriber) {
			reduce_1.reduce(arrReducer, [])(source).subscribe(subscriber);
		});
	}
	exports.toArray = toArray;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/joinAllInternals.js
var require_joinAllInternals = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.joinAllInternals = void 0;
	var identity_1 = require_identity();
	var mapOneOrManyArgs_1 = require_mapOneOrManyArgs();
	var pipe_1 = require_pipe();
	var mergeMap_1 = require_mergeMap();
	var toArray_1 = require_toArray();
	function joinAllInternals(joinFn, project) {
		return pipe_1.pipe(toArray_1.toArray(), mergeMap_1.mergeMap(function(sources) {
			return joinFn(sources);
		}), project ? mapOneOrManyArgs_1.mapOneOrManyArgs(project) : identity_1.identity);
	}
	exports.joinAllInternals = joinAllInternals;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/combineLatestAll.js
var require_combineLatestAll = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.combineLatestAll = void 0;
	var combineLatest_1 = require_combineLatest$1();
	var joinAllInternals_1 = require_joinAllInternals();
	function combineLatestAll(project) {
		return joinAllInternals_1.joinAllInternals(combineLatest_1.combineLatest, project);
	}
	exports.combineLatestAll = combineLatestAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/combineAll.js
var require_combineAll = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.combineAll = void 0;
	exports.combineAll = require_combineLatestAll().combineLatestAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/combineLatest.js
var require_combineLatest = /* @__PURE__ */ __commonJSMin(((exports, module, this$17) => {
	var __read = this$17 && this$17.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$17 && this$17.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.combineLatest = void 0;
	var combineLatest_1 = require_combineLatest$1();
	var lift_1 = require_lift();
	var argsOrArgArray_1 = require_argsOrArgArray();
	var mapOneOrManyArgs_1 = require_mapOneOrManyArgs();
	var pipe_1 = require_pipe();
	var args_1 = require_args();
	function combineLatest() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var resultSelector = args_1.popResultSelector(args);
		return resultSelector ? pipe_1.pipe(combineLatest.apply(void 0, __spreadArray([], __read(args))), mapOneOrManyArgs_1.mapOneOrManyArgs(resultSelector)) : lift_1.operate(function(source, subscriber) {
			combineLatest_1.combineLatestInit(__spreadArray([source], __read(argsOrArgArray_1.argsOrArgArray(args))))(subscriber);
		});
	}
	exports.combineLatest = combineLatest;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/combineLatestWith.js
var require_combineLatestWith = /* @__PURE__ */ __commonJSMin(((exports, module, this$16) => {
	var __read = this$16 && this$16.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$16 && this$16.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.combineLatestWith = void 0;
	var combineLatest_1 = require_combineLatest();
	function combineLatestWith() {
		var otherSources = [];
		for (var _i = 0; _i < arguments.length; _i++) otherSources[_i] = arguments[_i];
		return combineLatest_1.combineLatest.apply(void 0, __spreadArray([], __read(otherSources)));
	}
	exports.combineLatestWith = combineLatestWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/concatMap.js
var require_concatMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.concatMap = void 0;
	var mergeMap_1 = require_mergeMap();
	var isFunction_1 = require_isFunction();
	function concatMap(project, resultSelector) {
		return isFunction_1.isFunction(resultSelector) ? mergeMap_1.mergeMap(project, resultSelector, 1) : mergeMap_1.mergeMap(project, 1);
	}
	exports.concatMap = concatMap;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/concatMapTo.js
var require_concatMapTo = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.concatMapTo = void 0;
	var concatMap_1 = require_concatMap();
	var isFunction_1 = require_isFunction();
	function concatMapTo(innerObservable, resultSelector) {
		return isFunction_1.isFunction(resultSelector) ? concatMap_1.concatMap(function() {
			return innerObservable;
		}, resultSelector) : concatMap_1.concatMap(function() {
			return innerObservable;
		});
	}
	exports.concatMapTo = concatMapTo;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/concat.js
var require_concat = /* @__PURE__ */ __commonJSMin(((exports, module, this$15) => {
	var __read = this$15 && this$15.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$15 && this$15.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.concat = void 0;
	var lift_1 = require_lift();
	var concatAll_1 = require_concatAll();
	var args_1 = require_args();
	var from_1 = require_from();
	function concat() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var scheduler = args_1.popScheduler(args);
		return lift_1.operate(function(source, subscriber) {
			concatAll_1.concatAll()(from_1.from(__spreadArray([source], __read(args)), scheduler)).subscribe(subscriber);
		});
	}
	exports.concat = concat;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/concatWith.js
var require_concatWith = /* @__PURE__ */ __commonJSMin(((exports, module, this$14) => {
	var __read = this$14 && this$14.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$14 && this$14.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.concatWith = void 0;
	var concat_1 = require_concat();
	function concatWith() {
		var otherSources = [];
		for (var _i = 0; _i < arguments.length; _i++) otherSources[_i] = arguments[_i];
		return concat_1.concat.apply(void 0, __spreadArray([], __read(otherSources)));
	}
	exports.concatWith = concatWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/observable/fromSubscribable.js
var require_fromSubscribable = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.fromSubscribable = void 0;
	var Observable_1 = require_Observable();
	function fromSubscribable(subscribable) {
		return new Observable_1.Observable(function(subscriber) {
			return subscribable.subscribe(subscriber);
		});
	}
	exports.fromSubscribable = fromSubscribable;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/connect.js
var require_connect = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.connect = void 0;
	var Subject_1 = require_Subject();
	var innerFrom_1 = require_innerFrom();
	var lift_1 = require_lift();
	var fromSubscribable_1 = require_fromSubscribable();
	var DEFAULT_CONFIG = { connector: function() {
		return new Subject_1.Subject();
	} };
	function connect(selector, config) {
		if (config === void 0) config = DEFAULT_CONFIG;
		var connector = config.connector;
		return lift_1.operate(function(source, subscriber) {
			var subject = connector();
			innerFrom_1.innerFrom(selector(fromSubscribable_1.fromSubscribable(subject))).subscribe(subscriber);
			subscriber.add(source.subscribe(subject));
		});
	}
	exports.connect = connect;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/count.js
var require_count = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.count = void 0;
	var reduce_1 = require_reduce();
	function count(predicate) {
		return reduce_1.reduce(function(total, value, i) {
			return !predicate || predicate(value, i) ? total + 1 : total;
		}, 0);
	}
	exports.count = count;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/debounce.js
var require_debounce = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.debounce = void 0;
	var lift_1 = require_lift();
	var noop_1 = require_noop();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	function debounce(durationSelector) {
		return lift_1.operate(function(source, subscriber) {
			var hasValue = false;
			var lastValue = null;
			var durationSubscriber = null;
			var emit = function() {
				durationSubscriber === null || durationSubscriber === void 0 || durationSubscriber.unsubscribe();
				durationSubscriber = null;
				if (hasValue) {
					hasValue = false;
					var value = lastValue;
					lastValue = null;
					subscriber.next(value);
				}
			};
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				durationSubscriber === null || durationSubscriber === void 0 || durationSubscriber.unsubscribe();
				hasValue = true;
				lastValue = value;
				durationSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, emit, noop_1.noop);
				innerFrom_1.innerFrom(durationSelector(value)).subscribe(durationSubscriber);
			}, function() {
				emit();
				subscriber.complete();
			}, void 0, function() {
				lastValue = durationSubscriber = null;
			}));
		});
	}
	exports.debounce = debounce;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/debounceTime.js
var require_debounceTime = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.debounceTime = void 0;
	var async_1 = require_async();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function debounceTime(dueTime, scheduler) {
		if (scheduler === void 0) scheduler = async_1.asyncScheduler;
		return lift_1.operate(function(source, subscriber) {
			var activeTask = null;
			var lastValue = null;
			var lastTime = null;
			var emit = function() {
				if (activeTask) {
					activeTask.unsubscribe();
					activeTask = null;
					var value = lastValue;
					lastValue = null;
					subscriber.next(value);
				}
			};
			function emitWhenIdle() {
				var targetTime = lastTime + dueTime;
				var now = scheduler.now();
				if (now < targetTime) {
					activeTask = this.schedule(void 0, targetTime - now);
					subscriber.add(activeTask);
					return;
				}
				emit();
			}
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				lastValue = value;
				lastTime = scheduler.now();
				if (!activeTask) {
					activeTask = scheduler.schedule(emitWhenIdle, dueTime);
					subscriber.add(activeTask);
				}
			}, function() {
				emit();
				subscriber.complete();
			}, void 0, function() {
				lastValue = activeTask = null;
			}));
		});
	}
	exports.debounceTime = debounceTime;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/defaultIfEmpty.js
var require_defaultIfEmpty = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.defaultIfEmpty = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function defaultIfEmpty(defaultValue) {
		return lift_1.operate(function(source, subscriber) {
			var hasValue = false;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				hasValue = true;
				subscriber.next(value);
			}, function() {
				if (!hasValue) subscriber.next(defaultValue);
				subscriber.complete();
			}));
		});
	}
	exports.defaultIfEmpty = defaultIfEmpty;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/take.js
var require_take = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.take = void 0;
	var empty_1 = require_empty();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function take(count) {
		return count <= 0 ? function() {
			return empty_1.EMPTY;
		} : lift_1.operate(function(source, subscriber) {
			var seen = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				if (++seen <= count) {
					subscriber.next(value);
					if (count <= seen) subscriber.complete();
				}
			}));
		});
	}
	exports.take = take;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/ignoreElements.js
var require_ignoreElements = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ignoreElements = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var noop_1 = require_noop();
	function ignoreElements() {
		return lift_1.operate(function(source, subscriber) {
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, noop_1.noop));
		});
	}
	exports.ignoreElements = ignoreElements;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/mapTo.js
var require_mapTo = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mapTo = void 0;
	var map_1 = require_map();
	function mapTo(value) {
		return map_1.map(function() {
			return value;
		});
	}
	exports.mapTo = mapTo;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/delayWhen.js
var require_delayWhen = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.delayWhen = void 0;
	var concat_1 = require_concat$1();
	var take_1 = require_take();
	var ignoreElements_1 = require_ignoreElements();
	var mapTo_1 = require_mapTo();
	var mergeMap_1 = require_mergeMap();
	var innerFrom_1 = require_innerFrom();
	function delayWhen(delayDurationSelector, subscriptionDelay) {
		if (subscriptionDelay) return function(source) {
			return concat_1.concat(subscriptionDelay.pipe(take_1.take(1), ignoreElements_1.ignoreElements()), source.pipe(delayWhen(delayDurationSelector)));
		};
		return mergeMap_1.mergeMap(function(value, index) {
			return innerFrom_1.innerFrom(delayDurationSelector(value, index)).pipe(take_1.take(1), mapTo_1.mapTo(value));
		});
	}
	exports.delayWhen = delayWhen;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/delay.js
var require_delay = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.delay = void 0;
	var async_1 = require_async();
	var delayWhen_1 = require_delayWhen();
	var timer_1 = require_timer();
	function delay(due, scheduler) {
		if (scheduler === void 0) scheduler = async_1.asyncScheduler;
		var duration = timer_1.timer(due, scheduler);
		return delayWhen_1.delayWhen(function() {
			return duration;
		});
	}
	exports.delay = delay;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/dematerialize.js
var require_dematerialize = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.dematerialize = void 0;
	var Notification_1 = require_Notification();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function dematerialize() {
		return lift_1.operate(function(source, subscriber) {
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(notification) {
				return Notification_1.observeNotification(notification, subscriber);
			}));
		});
	}
	exports.dematerialize = dematerialize;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/distinct.js
var require_distinct = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.distinct = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var noop_1 = require_noop();
	var innerFrom_1 = require_innerFrom();
	function distinct(keySelector, flushes) {
		return lift_1.operate(function(source, subscriber) {
			var distinctKeys = /* @__PURE__ */ new Set();
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var key = keySelector ? keySelector(value) : value;
				if (!distinctKeys.has(key)) {
					distinctKeys.add(key);
					subscriber.next(value);
				}
			}));
			flushes && innerFrom_1.innerFrom(flushes).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
				return distinctKeys.clear();
			}, noop_1.noop));
		});
	}
	exports.distinct = distinct;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/distinctUntilChanged.js
var require_distinctUntilChanged = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.distinctUntilChanged = void 0;
	var identity_1 = require_identity();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function distinctUntilChanged(comparator, keySelector) {
		if (keySelector === void 0) keySelector = identity_1.identity;
		comparator = comparator !== null && comparator !== void 0 ? comparator : defaultCompare;
		return lift_1.operate(function(source, subscriber) {
			var previousKey;
			var first = true;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var currentKey = keySelector(value);
				if (first || !comparator(previousKey, currentKey)) {
					first = false;
					previousKey = currentKey;
					subscriber.next(value);
				}
			}));
		});
	}
	exports.distinctUntilChanged = distinctUntilChanged;
	function defaultCompare(a, b) {
		return a === b;
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/distinctUntilKeyChanged.js
var require_distinctUntilKeyChanged = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.distinctUntilKeyChanged = void 0;
	var distinctUntilChanged_1 = require_distinctUntilChanged();
	function distinctUntilKeyChanged(key, compare) {
		return distinctUntilChanged_1.distinctUntilChanged(function(x, y) {
			return compare ? compare(x[key], y[key]) : x[key] === y[key];
		});
	}
	exports.distinctUntilKeyChanged = distinctUntilKeyChanged;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/throwIfEmpty.js
var require_throwIfEmpty = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.throwIfEmpty = void 0;
	var EmptyError_1 = require_EmptyError();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function throwIfEmpty(errorFactory) {
		if (errorFactory === void 0) errorFactory = defaultErrorFactory;
		return lift_1.operate(function(source, subscriber) {
			var hasValue = false;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				hasValue = true;
				subscriber.next(value);
			}, function() {
				return hasValue ? subscriber.complete() : subscriber.error(errorFactory());
			}));
		});
	}
	exports.throwIfEmpty = throwIfEmpty;
	function defaultErrorFactory() {
		return new EmptyError_1.EmptyError();
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/elementAt.js
var require_elementAt = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.elementAt = void 0;
	var ArgumentOutOfRangeError_1 = require_ArgumentOutOfRangeError();
	var filter_1 = require_filter();
	var throwIfEmpty_1 = require_throwIfEmpty();
	var defaultIfEmpty_1 = require_defaultIfEmpty();
	var take_1 = require_take();
	function elementAt(index, defaultValue) {
		if (index < 0) throw new ArgumentOutOfRangeError_1.ArgumentOutOfRangeError();
		var hasDefaultValue = arguments.length >= 2;
		return function(source) {
			return source.pipe(filter_1.filter(function(v, i) {
				return i === index;
			}), take_1.take(1), hasDefaultValue ? defaultIfEmpty_1.defaultIfEmpty(defaultValue) : throwIfEmpty_1.throwIfEmpty(function() {
				return new ArgumentOutOfRangeError_1.ArgumentOutOfRangeError();
			}));
		};
	}
	exports.elementAt = elementAt;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/endWith.js
var require_endWith = /* @__PURE__ */ __commonJSMin(((exports, module, this$13) => {
	var __read = this$13 && this$13.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$13 && this$13.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.endWith = void 0;
	var concat_1 = require_concat$1();
	var of_1 = require_of();
	function endWith() {
		var values = [];
		for (var _i = 0; _i < arguments.length; _i++) values[_i] = arguments[_i];
		return function(source) {
			return concat_1.concat(source, of_1.of.apply(void 0, __spreadArray([], __read(values))));
		};
	}
	exports.endWith = endWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/every.js
var require_every = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.every = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function every(predicate, thisArg) {
		return lift_1.operate(function(source, subscriber) {
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				if (!predicate.call(thisArg, value, index++, source)) {
					subscriber.next(false);
					subscriber.complete();
				}
			}, function() {
				subscriber.next(true);
				subscriber.complete();
			}));
		});
	}
	exports.every = every;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/exhaustMap.js
var require_exhaustMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.exhaustMap = void 0;
	var map_1 = require_map();
	var innerFrom_1 = require_innerFrom();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function exhaustMap(project, resultSelector) {
		if (resultSelector) return function(source) {
			return source.pipe(exhaustMap(function(a, i) {
				return innerFrom_1.innerFrom(project(a, i)).pipe(map_1.map(function(b, ii) {
					return resultSelector(a, b, i, ii);
				}));
			}));
		};
		return lift_1.operate(function(source, subscriber) {
			var index = 0;
			var innerSub = null;
			var isComplete = false;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(outerValue) {
				if (!innerSub) {
					innerSub = OperatorSubscriber_1.createOperatorSubscriber(subscriber, void 0, function() {
						innerSub = null;
						isComplete && subscriber.complete();
					});
					innerFrom_1.innerFrom(project(outerValue, index++)).subscribe(innerSub);
				}
			}, function() {
				isComplete = true;
				!innerSub && subscriber.complete();
			}));
		});
	}
	exports.exhaustMap = exhaustMap;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/exhaustAll.js
var require_exhaustAll = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.exhaustAll = void 0;
	var exhaustMap_1 = require_exhaustMap();
	var identity_1 = require_identity();
	function exhaustAll() {
		return exhaustMap_1.exhaustMap(identity_1.identity);
	}
	exports.exhaustAll = exhaustAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/exhaust.js
var require_exhaust = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.exhaust = void 0;
	exports.exhaust = require_exhaustAll().exhaustAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/expand.js
var require_expand = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.expand = void 0;
	var lift_1 = require_lift();
	var mergeInternals_1 = require_mergeInternals();
	function expand(project, concurrent, scheduler) {
		if (concurrent === void 0) concurrent = Infinity;
		concurrent = (concurrent || 0) < 1 ? Infinity : concurrent;
		return lift_1.operate(function(source, subscriber) {
			return mergeInternals_1.mergeInternals(source, subscriber, project, concurrent, void 0, true, scheduler);
		});
	}
	exports.expand = expand;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/finalize.js
var require_finalize = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.finalize = void 0;
	var lift_1 = require_lift();
	function finalize(callback) {
		return lift_1.operate(function(source, subscriber) {
			try {
				source.subscribe(subscriber);
			} finally {
				subscriber.add(callback);
			}
		});
	}
	exports.finalize = finalize;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/find.js
var require_find = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.createFind = exports.find = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function find(predicate, thisArg) {
		return lift_1.operate(createFind(predicate, thisArg, "value"));
	}
	exports.find = find;
	function createFind(predicate, thisArg, emit) {
		var findIndex = emit === "index";
		return function(source, subscriber) {
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var i = index++;
				if (predicate.call(thisArg, value, i, source)) {
					subscriber.next(findIndex ? i : value);
					subscriber.complete();
				}
			}, function() {
				subscriber.next(findIndex ? -1 : void 0);
				subscriber.complete();
			}));
		};
	}
	exports.createFind = createFind;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/findIndex.js
var require_findIndex = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.findIndex = void 0;
	var lift_1 = require_lift();
	var find_1 = require_find();
	function findIndex(predicate, thisArg) {
		return lift_1.operate(find_1.createFind(predicate, thisArg, "index"));
	}
	exports.findIndex = findIndex;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/first.js
var require_first = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.first = void 0;
	var EmptyError_1 = require_EmptyError();
	var filter_1 = require_filter();
	var take_1 = require_take();
	var defaultIfEmpty_1 = require_defaultIfEmpty();
	var throwIfEmpty_1 = require_throwIfEmpty();
	var identity_1 = require_identity();
	function first(predicate, defaultValue) {
		var hasDefaultValue = arguments.length >= 2;
		return function(source) {
			return source.pipe(predicate ? filter_1.filter(function(v, i) {
				return predicate(v, i, source);
			}) : identity_1.identity, take_1.take(1), hasDefaultValue ? defaultIfEmpty_1.defaultIfEmpty(defaultValue) : throwIfEmpty_1.throwIfEmpty(function() {
				return new EmptyError_1.EmptyError();
			}));
		};
	}
	exports.first = first;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/groupBy.js
var require_groupBy = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.groupBy = void 0;
	var Observable_1 = require_Observable();
	var innerFrom_1 = require_innerFrom();
	var Subject_1 = require_Subject();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function groupBy(keySelector, elementOrOptions, duration, connector) {
		return lift_1.operate(function(source, subscriber) {
			var element;
			if (!elementOrOptions || typeof elementOrOptions === "function") element = elementOrOptions;
			else duration = elementOrOptions.duration, element = elementOrOptions.element, connector = elementOrOptions.connector;
			var groups = /* @__PURE__ */ new Map();
			var notify = function(cb) {
				groups.forEach(cb);
				cb(subscriber);
			};
			var handleError = function(err) {
				return notify(function(consumer) {
					return consumer.error(err);
				});
			};
			var activeGroups = 0;
			var teardownAttempted = false;
			var groupBySourceSubscriber = new OperatorSubscriber_1.OperatorSubscriber(subscriber, function(value) {
				try {
					var key_1 = keySelector(value);
					var group_1 = groups.get(key_1);
					if (!group_1) {
						groups.set(key_1, group_1 = connector ? connector() : new Subject_1.Subject());
						var grouped = createGroupedObservable(key_1, group_1);
						subscriber.next(grouped);
						if (duration) {
							var durationSubscriber_1 = OperatorSubscriber_1.createOperatorSubscriber(group_1, function() {
								group_1.complete();
								durationSubscriber_1 === null || durationSubscriber_1 === void 0 || durationSubscriber_1.unsubscribe();
							}, void 0, void 0, function() {
								return groups.delete(key_1);
							});
							groupBySourceSubscriber.add(innerFrom_1.innerFrom(duration(grouped)).subscribe(durationSubscriber_1));
						}
					}
					group_1.next(element ? element(value) : value);
				} catch (err) {
					handleError(err);
				}
			}, function() {
				return notify(function(consumer) {
					return consumer.complete();
				});
			}, handleError, function() {
				return groups.clear();
			}, function() {
				teardownAttempted = true;
				return activeGroups === 0;
			});
			source.subscribe(groupBySourceSubscriber);
			function createGroupedObservable(key, groupSubject) {
				var result = new Observable_1.Observable(function(groupSubscriber) {
					activeGroups++;
					var innerSub = groupSubject.subscribe(groupSubscriber);
					return function() {
						innerSub.unsubscribe();
						--activeGroups === 0 && teardownAttempted && groupBySourceSubscriber.unsubscribe();
					};
				});
				result.key = key;
				return result;
			}
		});
	}
	exports.groupBy = groupBy;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/isEmpty.js
var require_isEmpty = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isEmpty = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function isEmpty() {
		return lift_1.operate(function(source, subscriber) {
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
				subscriber.next(false);
				subscriber.complete();
			}, function() {
				subscriber.next(true);
				subscriber.complete();
			}));
		});
	}
	exports.isEmpty = isEmpty;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/takeLast.js
var require_takeLast = /* @__PURE__ */ __commonJSMin(((exports, module, this$12) => {
	var __values = this$12 && this$12.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.takeLast = void 0;
	var empty_1 = require_empty();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function takeLast(count) {
		return count <= 0 ? function() {
			return empty_1.EMPTY;
		} : lift_1.operate(function(source, subscriber) {
			var buffer = [];
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				buffer.push(value);
				count < buffer.length && buffer.shift();
			}, function() {
				var e_1, _a;
				try {
					for (var buffer_1 = __values(buffer), buffer_1_1 = buffer_1.next(); !buffer_1_1.done; buffer_1_1 = buffer_1.next()) {
						var value = buffer_1_1.value;
						subscriber.next(value);
					}
				} catch (e_1_1) {
					e_1 = { error: e_1_1 };
				} finally {
					try {
						if (buffer_1_1 && !buffer_1_1.done && (_a = buffer_1.return)) _a.call(buffer_1);
					} finally {
						if (e_1) throw e_1.error;
					}
				}
				subscriber.complete();
			}, void 0, function() {
				buffer = null;
			}));
		});
	}
	exports.takeLast = takeLast;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/last.js
var require_last = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.last = void 0;
	var EmptyError_1 = require_EmptyError();
	var filter_1 = require_filter();
	var takeLast_1 = require_takeLast();
	var throwIfEmpty_1 = require_throwIfEmpty();
	var defaultIfEmpty_1 = require_defaultIfEmpty();
	var identity_1 = require_identity();
	function last(predicate, defaultValue) {
		var hasDefaultValue = arguments.length >= 2;
		return function(source) {
			return source.pipe(predicate ? filter_1.filter(function(v, i) {
				return predicate(v, i, source);
			}) : identity_1.identity, takeLast_1.takeLast(1), hasDefaultValue ? defaultIfEmpty_1.defaultIfEmpty(defaultValue) : throwIfEmpty_1.throwIfEmpty(function() {
				return new EmptyError_1.EmptyError();
			}));
		};
	}
	exports.last = last;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/materialize.js
var require_materialize = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.materialize = void 0;
	var Notification_1 = require_Notification();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function materialize() {
		return lift_1.operate(function(source, subscriber) {
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				subscriber.next(Notification_1.Notification.createNext(value));
			}, function() {
				subscriber.next(Notification_1.Notification.createComplete());
				subscriber.complete();
			}, function(err) {
				subscriber.next(Notification_1.Notification.createError(err));
				subscriber.complete();
			}));
		});
	}
	exports.materialize = materialize;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/max.js
var require_max = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.max = void 0;
	var reduce_1 = require_reduce();
	var isFunction_1 = require_isFunction();
	function max(comparer) {
		return reduce_1.reduce(isFunction_1.isFunction(comparer) ? function(x, y) {
			return comparer(x, y) > 0 ? x : y;
		} : function(x, y) {
			return x > y ? x : y;
		});
	}
	exports.max = max;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/flatMap.js
var require_flatMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.flatMap = void 0;
	exports.flatMap = require_mergeMap().mergeMap;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/mergeMapTo.js
var require_mergeMapTo = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mergeMapTo = void 0;
	var mergeMap_1 = require_mergeMap();
	var isFunction_1 = require_isFunction();
	function mergeMapTo(innerObservable, resultSelector, concurrent) {
		if (concurrent === void 0) concurrent = Infinity;
		if (isFunction_1.isFunction(resultSelector)) return mergeMap_1.mergeMap(function() {
			return innerObservable;
		}, resultSelector, concurrent);
		if (typeof resultSelector === "number") concurrent = resultSelector;
		return mergeMap_1.mergeMap(function() {
			return innerObservable;
		}, concurrent);
	}
	exports.mergeMapTo = mergeMapTo;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/mergeScan.js
var require_mergeScan = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mergeScan = void 0;
	var lift_1 = require_lift();
	var mergeInternals_1 = require_mergeInternals();
	function mergeScan(accumulator, seed, concurrent) {
		if (concurrent === void 0) concurrent = Infinity;
		return lift_1.operate(function(source, subscriber) {
			var state = seed;
			return mergeInternals_1.mergeInternals(source, subscriber, function(value, index) {
				return accumulator(state, value, index);
			}, concurrent, function(value) {
				state = value;
			}, false, void 0, function() {
				return state = null;
			});
		});
	}
	exports.mergeScan = mergeScan;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/merge.js
var require_merge = /* @__PURE__ */ __commonJSMin(((exports, module, this$11) => {
	var __read = this$11 && this$11.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$11 && this$11.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.merge = void 0;
	var lift_1 = require_lift();
	var mergeAll_1 = require_mergeAll();
	var args_1 = require_args();
	var from_1 = require_from();
	function merge() {
		var args = [];
		for (var _i = 0; _i < arguments.length; _i++) args[_i] = arguments[_i];
		var scheduler = args_1.popScheduler(args);
		var concurrent = args_1.popNumber(args, Infinity);
		return lift_1.operate(function(source, subscriber) {
			mergeAll_1.mergeAll(concurrent)(from_1.from(__spreadArray([source], __read(args)), scheduler)).subscribe(subscriber);
		});
	}
	exports.merge = merge;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/mergeWith.js
var require_mergeWith = /* @__PURE__ */ __commonJSMin(((exports, module, this$10) => {
	var __read = this$10 && this$10.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$10 && this$10.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.mergeWith = void 0;
	var merge_1 = require_merge();
	function mergeWith() {
		var otherSources = [];
		for (var _i = 0; _i < arguments.length; _i++) otherSources[_i] = arguments[_i];
		return merge_1.merge.apply(void 0, __spreadArray([], __read(otherSources)));
	}
	exports.mergeWith = mergeWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/min.js
var require_min = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.min = void 0;
	var reduce_1 = require_reduce();
	var isFunction_1 = require_isFunction();
	function min(comparer) {
		return reduce_1.reduce(isFunction_1.isFunction(comparer) ? function(x, y) {
			return comparer(x, y) < 0 ? x : y;
		} : function(x, y) {
			return x < y ? x : y;
		});
	}
	exports.min = min;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/multicast.js
var require_multicast = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.multicast = void 0;
	var ConnectableObservable_1 = require_ConnectableObservable();
	var isFunction_1 = require_isFunction();
	var connect_1 = require_connect();
	function multicast(subjectOrSubjectFactory, selector) {
		var subjectFactory = isFunction_1.isFunction(subjectOrSubjectFactory) ? subjectOrSubjectFactory : function() {
			return subjectOrSubjectFactory;
		};
		if (isFunction_1.isFunction(selector)) return connect_1.connect(selector, { connector: subjectFactory });
		return function(source) {
			return new ConnectableObservable_1.ConnectableObservable(source, subjectFactory);
		};
	}
	exports.multicast = multicast;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/onErrorResumeNextWith.js
var require_onErrorResumeNextWith = /* @__PURE__ */ __commonJSMin(((exports, module, this$9) => {
	var __read = this$9 && this$9.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$9 && this$9.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.onErrorResumeNext = exports.onErrorResumeNextWith = void 0;
	var argsOrArgArray_1 = require_argsOrArgArray();
	var onErrorResumeNext_1 = require_onErrorResumeNext();
	function onErrorResumeNextWith() {
		var sources = [];
		for (var _i = 0; _i < arguments.length; _i++) sources[_i] = arguments[_i];
		var nextSources = argsOrArgArray_1.argsOrArgArray(sources);
		return function(source) {
			return onErrorResumeNext_1.onErrorResumeNext.apply(void 0, __spreadArray([source], __read(nextSources)));
		};
	}
	exports.onErrorResumeNextWith = onErrorResumeNextWith;
	exports.onErrorResumeNext = onErrorResumeNextWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/pairwise.js
var require_pairwise = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.pairwise = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function pairwise() {
		return lift_1.operate(function(source, subscriber) {
			var prev;
			var hasPrev = false;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var p = prev;
				prev = value;
				hasPrev && subscriber.next([p, value]);
				hasPrev = true;
			}));
		});
	}
	exports.pairwise = pairwise;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/pluck.js
var require_pluck = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.pluck = void 0;
	var map_1 = require_map();
	function pluck() {
		var properties = [];
		for (var _i = 0; _i < arguments.length; _i++) properties[_i] = arguments[_i];
		var length = properties.length;
		if (length === 0) throw new Error("list of properties cannot be empty.");
		return map_1.map(function(x) {
			var currentProp = x;
			for (var i = 0; i < length; i++) {
				var p = currentProp === null || currentProp === void 0 ? void 0 : currentProp[properties[i]];
				if (typeof p !== "undefined") currentProp = p;
				else return;
			}
			return currentProp;
		});
	}
	exports.pluck = pluck;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/publish.js
var require_publish = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.publish = void 0;
	var Subject_1 = require_Subject();
	var multicast_1 = require_multicast();
	var connect_1 = require_connect();
	function publish(selector) {
		return selector ? function(source) {
			return connect_1.connect(selector)(source);
		} : function(source) {
			return multicast_1.multicast(new Subject_1.Subject())(source);
		};
	}
	exports.publish = publish;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/publishBehavior.js
var require_publishBehavior = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.publishBehavior = void 0;
	var BehaviorSubject_1 = require_BehaviorSubject();
	var ConnectableObservable_1 = require_ConnectableObservable();
	function publishBehavior(initialValue) {
		return function(source) {
			var subject = new BehaviorSubject_1.BehaviorSubject(initialValue);
			return new ConnectableObservable_1.ConnectableObservable(source, function() {
				return subject;
			});
		};
	}
	exports.publishBehavior = publishBehavior;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/publishLast.js
var require_publishLast = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.publishLast = void 0;
	var AsyncSubject_1 = require_AsyncSubject();
	var ConnectableObservable_1 = require_ConnectableObservable();
	function publishLast() {
		return function(source) {
			var subject = new AsyncSubject_1.AsyncSubject();
			return new ConnectableObservable_1.ConnectableObservable(source, function() {
				return subject;
			});
		};
	}
	exports.publishLast = publishLast;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/publishReplay.js
var require_publishReplay = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.publishReplay = void 0;
	var ReplaySubject_1 = require_ReplaySubject();
	var multicast_1 = require_multicast();
	var isFunction_1 = require_isFunction();
	function publishReplay(bufferSize, windowTime, selectorOrScheduler, timestampProvider) {
		if (selectorOrScheduler && !isFunction_1.isFunction(selectorOrScheduler)) timestampProvider = selectorOrScheduler;
		var selector = isFunction_1.isFunction(selectorOrScheduler) ? selectorOrScheduler : void 0;
		return function(source) {
			return multicast_1.multicast(new ReplaySubject_1.ReplaySubject(bufferSize, windowTime, timestampProvider), selector)(source);
		};
	}
	exports.publishReplay = publishReplay;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/raceWith.js
var require_raceWith = /* @__PURE__ */ __commonJSMin(((exports, module, this$8) => {
	var __read = this$8 && this$8.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$8 && this$8.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.raceWith = void 0;
	var race_1 = require_race();
	var lift_1 = require_lift();
	var identity_1 = require_identity();
	function raceWith() {
		var otherSources = [];
		for (var _i = 0; _i < arguments.length; _i++) otherSources[_i] = arguments[_i];
		return !otherSources.length ? identity_1.identity : lift_1.operate(function(source, subscriber) {
			race_1.raceInit(__spreadArray([source], __read(otherSources)))(subscriber);
		});
	}
	exports.raceWith = raceWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/repeat.js
var require_repeat = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.repeat = void 0;
	var empty_1 = require_empty();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	var timer_1 = require_timer();
	function repeat(countOrConfig) {
		var _a;
		var count = Infinity;
		var delay;
		if (countOrConfig != null) {
			if (typeof countOrConfig === "object") _a = countOrConfig.count, count = _a === void 0 ? Infinity : _a, delay = countOrConfig.delay;
			else count = countOrConfig;
		}
		return count <= 0 ? function() {
			return empty_1.EMPTY;
		} : lift_1.operate(function(source, subscriber) {
			var soFar = 0;
			var sourceSub;
			var resubscribe = function() {
				sourceSub === null || sourceSub === void 0 || sourceSub.unsubscribe();
				sourceSub = null;
				if (delay != null) {
					var notifier = typeof delay === "number" ? timer_1.timer(delay) : innerFrom_1.innerFrom(delay(soFar));
					var notifierSubscriber_1 = OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
						notifierSubscriber_1.unsubscribe();
						subscribeToSource();
					});
					notifier.subscribe(notifierSubscriber_1);
				} else subscribeToSource();
			};
			var subscribeToSource = function() {
				var syncUnsub = false;
				sourceSub = source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, void 0, function() {
					if (++soFar < count) {
						if (sourceSub) resubscribe();
						else syncUnsub = true;
					} else subscriber.complete();
				}));
				if (syncUnsub) resubscribe();
			};
			subscribeToSource();
		});
	}
	exports.repeat = repeat;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/repeatWhen.js
var require_repeatWhen = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.repeatWhen = void 0;
	var innerFrom_1 = require_innerFrom();
	var Subject_1 = require_Subject();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function repeatWhen(notifier) {
		return lift_1.operate(function(source, subscriber) {
			var innerSub;
			var syncResub = false;
			var completions$;
			var isNotifierComplete = false;
			var isMainComplete = false;
			var checkComplete = function() {
				return isMainComplete && isNotifierComplete && (subscriber.complete(), true);
			};
			var getCompletionSubject = function() {
				if (!completions$) {
					completions$ = new Subject_1.Subject();
					innerFrom_1.innerFrom(notifier(completions$)).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
						if (innerSub) subscribeForRepeatWhen();
						else syncResub = true;
					}, function() {
						isNotifierComplete = true;
						checkComplete();
					}));
				}
				return completions$;
			};
			var subscribeForRepeatWhen = function() {
				isMainComplete = false;
				innerSub = source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, void 0, function() {
					isMainComplete = true;
					!checkComplete() && getCompletionSubject().next();
				}));
				if (syncResub) {
					innerSub.unsubscribe();
					innerSub = null;
					syncResub = false;
					subscribeForRepeatWhen();
				}
			};
			subscribeForRepeatWhen();
		});
	}
	exports.repeatWhen = repeatWhen;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/retry.js
var require_retry = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.retry = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var identity_1 = require_identity();
	var timer_1 = require_timer();
	var innerFrom_1 = require_innerFrom();
	function retry(configOrCount) {
		if (configOrCount === void 0) configOrCount = Infinity;
		var config;
		if (configOrCount && typeof configOrCount === "object") config = configOrCount;
		else config = { count: configOrCount };
		var _a = config.count, count = _a === void 0 ? Infinity : _a, delay = config.delay, _b = config.resetOnSuccess, resetOnSuccess = _b === void 0 ? false : _b;
		return count <= 0 ? identity_1.identity : lift_1.operate(function(source, subscriber) {
			var soFar = 0;
			var innerSub;
			var subscribeForRetry = function() {
				var syncUnsub = false;
				innerSub = source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
					if (resetOnSuccess) soFar = 0;
					subscriber.next(value);
				}, void 0, function(err) {
					if (soFar++ < count) {
						var resub_1 = function() {
							if (innerSub) {
								innerSub.unsubscribe();
								innerSub = null;
								subscribeForRetry();
							} else syncUnsub = true;
						};
						if (delay != null) {
							var notifier = typeof delay === "number" ? timer_1.timer(delay) : innerFrom_1.innerFrom(delay(err, soFar));
							var notifierSubscriber_1 = OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
								notifierSubscriber_1.unsubscribe();
								resub_1();
							}, function() {
								subscriber.complete();
							});
							notifier.subscribe(notifierSubscriber_1);
						} else resub_1();
					} else subscriber.error(err);
				}));
				if (syncUnsub) {
					innerSub.unsubscribe();
					innerSub = null;
					subscribeForRetry();
				}
			};
			subscribeForRetry();
		});
	}
	exports.retry = retry;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/retryWhen.js
var require_retryWhen = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.retryWhen = void 0;
	var innerFrom_1 = require_innerFrom();
	var Subject_1 = require_Subject();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function retryWhen(notifier) {
		return lift_1.operate(function(source, subscriber) {
			var innerSub;
			var syncResub = false;
			var errors$;
			var subscribeForRetryWhen = function() {
				innerSub = source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, void 0, void 0, function(err) {
					if (!errors$) {
						errors$ = new Subject_1.Subject();
						innerFrom_1.innerFrom(notifier(errors$)).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
							return innerSub ? subscribeForRetryWhen() : syncResub = true;
						}));
					}
					if (errors$) errors$.next(err);
				}));
				if (syncResub) {
					innerSub.unsubscribe();
					innerSub = null;
					syncResub = false;
					subscribeForRetryWhen();
				}
			};
			subscribeForRetryWhen();
		});
	}
	exports.retryWhen = retryWhen;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/sample.js
var require_sample = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.sample = void 0;
	var innerFrom_1 = require_innerFrom();
	var lift_1 = require_lift();
	var noop_1 = require_noop();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function sample(notifier) {
		return lift_1.operate(function(source, subscriber) {
			var hasValue = false;
			var lastValue = null;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				hasValue = true;
				lastValue = value;
			}));
			innerFrom_1.innerFrom(notifier).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
				if (hasValue) {
					hasValue = false;
					var value = lastValue;
					lastValue = null;
					subscriber.next(value);
				}
			}, noop_1.noop));
		});
	}
	exports.sample = sample;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/sampleTime.js
var require_sampleTime = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.sampleTime = void 0;
	var async_1 = require_async();
	var sample_1 = require_sample();
	var interval_1 = require_interval();
	function sampleTime(period, scheduler) {
		if (scheduler === void 0) scheduler = async_1.asyncScheduler;
		return sample_1.sample(interval_1.interval(period, scheduler));
	}
	exports.sampleTime = sampleTime;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scan = void 0;
	var lift_1 = require_lift();
	var scanInternals_1 = require_scanInternals();
	function scan(accumulator, seed) {
		return lift_1.operate(scanInternals_1.scanInternals(accumulator, seed, arguments.length >= 2, true));
	}
	exports.scan = scan;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/sequenceEqual.js
var require_sequenceEqual = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.sequenceEqual = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	function sequenceEqual(compareTo, comparator) {
		if (comparator === void 0) comparator = function(a, b) {
			return a === b;
		};
		return lift_1.operate(function(source, subscriber) {
			var aState = createState();
			var bState = createState();
			var emit = function(isEqual) {
				subscriber.next(isEqual);
				subscriber.complete();
			};
			var createSubscriber = function(selfState, otherState) {
				var sequenceEqualSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(a) {
					var buffer = otherState.buffer, complete = otherState.complete;
					if (buffer.length === 0) complete ? emit(false) : selfState.buffer.push(a);
					else !comparator(a, buffer.shift()) && emit(false);
				}, function() {
					selfState.complete = true;
					var complete = otherState.complete, buffer = otherState.buffer;
					complete && emit(buffer.length === 0);
					sequenceEqualSubscriber === null || sequenceEqualSubscriber === void 0 || sequenceEqualSubscriber.unsubscribe();
				});
				return sequenceEqualSubscriber;
			};
			source.subscribe(createSubscriber(aState, bState));
			innerFrom_1.innerFrom(compareTo).subscribe(createSubscriber(bState, aState));
		});
	}
	exports.sequenceEqual = sequenceEqual;
	function createState() {
		return {
			buffer: [],
			complete: false
		};
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/share.js
var require_share = /* @__PURE__ */ __commonJSMin(((exports, module, this$7) => {
	var __read = this$7 && this$7.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$7 && this$7.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.share = void 0;
	var innerFrom_1 = require_innerFrom();
	var Subject_1 = require_Subject();
	var Subscriber_1 = require_Subscriber();
	var lift_1 = require_lift();
	function share(options) {
		if (options === void 0) options = {};
		var _a = options.connector, connector = _a === void 0 ? function() {
			return new Subject_1.Subject();
		} : _a, _b = options.resetOnError, resetOnError = _b === void 0 ? true : _b, _c = options.resetOnComplete, resetOnComplete = _c === void 0 ? true : _c, _d = options.resetOnRefCountZero, resetOnRefCountZero = _d === void 0 ? true : _d;
		return function(wrapperSource) {
			var connection;
			var resetConnection;
			var subject;
			var refCount = 0;
			var hasCompleted = false;
			var hasErrored = false;
			var cancelReset = function() {
				resetConnection === null || resetConnection === void 0 || resetConnection.unsubscribe();
				resetConnection = void 0;
			};
			var reset = function() {
				cancelReset();
				connection = subject = void 0;
				hasCompleted = hasErrored = false;
			};
			var resetAndUnsubscribe = function() {
				var conn = connection;
				reset();
				conn === null || conn === void 0 || conn.unsubscribe();
			};
			return lift_1.operate(function(source, subscriber) {
				refCount++;
				if (!hasErrored && !hasCompleted) cancelReset();
				var dest = subject = subject !== null && subject !== void 0 ? subject : connector();
				subscriber.add(function() {
					refCount--;
					if (refCount === 0 && !hasErrored && !hasCompleted) resetConnection = handleReset(resetAndUnsubscribe, resetOnRefCountZero);
				});
				dest.subscribe(subscriber);
				if (!connection && refCount > 0) {
					connection = new Subscriber_1.SafeSubscriber({
						next: function(value) {
							return dest.next(value);
						},
						error: function(err) {
							hasErrored = true;
							cancelReset();
							resetConnection = handleReset(reset, resetOnError, err);
							dest.error(err);
						},
						complete: function() {
							hasCompleted = true;
							cancelReset();
							resetConnection = handleReset(reset, resetOnComplete);
							dest.complete();
						}
					});
					innerFrom_1.innerFrom(source).subscribe(connection);
				}
			})(wrapperSource);
		};
	}
	exports.share = share;
	function handleReset(reset, on) {
		var args = [];
		for (var _i = 2; _i < arguments.length; _i++) args[_i - 2] = arguments[_i];
		if (on === true) {
			reset();
			return;
		}
		if (on === false) return;
		var onSubscriber = new Subscriber_1.SafeSubscriber({ next: function() {
			onSubscriber.unsubscribe();
			reset();
		} });
		return innerFrom_1.innerFrom(on.apply(void 0, __spreadArray([], __read(args)))).subscribe(onSubscriber);
	}
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/shareReplay.js
var require_shareReplay = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.shareReplay = void 0;
	var ReplaySubject_1 = require_ReplaySubject();
	var share_1 = require_share();
	function shareReplay(configOrBufferSize, windowTime, scheduler) {
		var _a, _b, _c;
		var bufferSize;
		var refCount = false;
		if (configOrBufferSize && typeof configOrBufferSize === "object") _a = configOrBufferSize.bufferSize, bufferSize = _a === void 0 ? Infinity : _a, _b = configOrBufferSize.windowTime, windowTime = _b === void 0 ? Infinity : _b, _c = configOrBufferSize.refCount, refCount = _c === void 0 ? false : _c, scheduler = configOrBufferSize.scheduler;
		else bufferSize = configOrBufferSize !== null && configOrBufferSize !== void 0 ? configOrBufferSize : Infinity;
		return share_1.share({
			connector: function() {
				return new ReplaySubject_1.ReplaySubject(bufferSize, windowTime, scheduler);
			},
			resetOnError: true,
			resetOnComplete: false,
			resetOnRefCountZero: refCount
		});
	}
	exports.shareReplay = shareReplay;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/single.js
var require_single = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.single = void 0;
	var EmptyError_1 = require_EmptyError();
	var SequenceError_1 = require_SequenceError();
	var NotFoundError_1 = require_NotFoundError();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function single(predicate) {
		return lift_1.operate(function(source, subscriber) {
			var hasValue = false;
			var singleValue;
			var seenValue = false;
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				seenValue = true;
				if (!predicate || predicate(value, index++, source)) {
					hasValue && subscriber.error(new SequenceError_1.SequenceError("Too many matching values"));
					hasValue = true;
					singleValue = value;
				}
			}, function() {
				if (hasValue) {
					subscriber.next(singleValue);
					subscriber.complete();
				} else subscriber.error(seenValue ? new NotFoundError_1.NotFoundError("No matching values") : new EmptyError_1.EmptyError());
			}));
		});
	}
	exports.single = single;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/skip.js
var require_skip = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.skip = void 0;
	var filter_1 = require_filter();
	function skip(count) {
		return filter_1.filter(function(_, index) {
			return count <= index;
		});
	}
	exports.skip = skip;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/skipLast.js
var require_skipLast = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.skipLast = void 0;
	var identity_1 = require_identity();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function skipLast(skipCount) {
		return skipCount <= 0 ? identity_1.identity : lift_1.operate(function(source, subscriber) {
			var ring = new Array(skipCount);
			var seen = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var valueIndex = seen++;
				if (valueIndex < skipCount) ring[valueIndex] = value;
				else {
					var index = valueIndex % skipCount;
					var oldValue = ring[index];
					ring[index] = value;
					subscriber.next(oldValue);
				}
			}));
			return function() {
				ring = null;
			};
		});
	}
	exports.skipLast = skipLast;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/skipUntil.js
var require_skipUntil = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.skipUntil = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	var noop_1 = require_noop();
	function skipUntil(notifier) {
		return lift_1.operate(function(source, subscriber) {
			var taking = false;
			var skipSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
				skipSubscriber === null || skipSubscriber === void 0 || skipSubscriber.unsubscribe();
				taking = true;
			}, noop_1.noop);
			innerFrom_1.innerFrom(notifier).subscribe(skipSubscriber);
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return taking && subscriber.next(value);
			}));
		});
	}
	exports.skipUntil = skipUntil;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/skipWhile.js
var require_skipWhile = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.skipWhile = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function skipWhile(predicate) {
		return lift_1.operate(function(source, subscriber) {
			var taking = false;
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return (taking || (taking = !predicate(value, index++))) && subscriber.next(value);
			}));
		});
	}
	exports.skipWhile = skipWhile;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/startWith.js
var require_startWith = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.startWith = void 0;
	var concat_1 = require_concat$1();
	var args_1 = require_args();
	var lift_1 = require_lift();
	function startWith() {
		var values = [];
		for (var _i = 0; _i < arguments.length; _i++) values[_i] = arguments[_i];
		var scheduler = args_1.popScheduler(values);
		return lift_1.operate(function(source, subscriber) {
			(scheduler ? concat_1.concat(values, source, scheduler) : concat_1.concat(values, source)).subscribe(subscriber);
		});
	}
	exports.startWith = startWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/switchMap.js
var require_switchMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.switchMap = void 0;
	var innerFrom_1 = require_innerFrom();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function switchMap(project, resultSelector) {
		return lift_1.operate(function(source, subscriber) {
			var innerSubscriber = null;
			var index = 0;
			var isComplete = false;
			var checkComplete = function() {
				return isComplete && !innerSubscriber && subscriber.complete();
			};
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				innerSubscriber === null || innerSubscriber === void 0 || innerSubscriber.unsubscribe();
				var innerIndex = 0;
				var outerIndex = index++;
				innerFrom_1.innerFrom(project(value, outerIndex)).subscribe(innerSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(innerValue) {
					return subscriber.next(resultSelector ? resultSelector(value, innerValue, outerIndex, innerIndex++) : innerValue);
				}, function() {
					innerSubscriber = null;
					checkComplete();
				}));
			}, function() {
				isComplete = true;
				checkComplete();
			}));
		});
	}
	exports.switchMap = switchMap;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/switchAll.js
var require_switchAll = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.switchAll = void 0;
	var switchMap_1 = require_switchMap();
	var identity_1 = require_identity();
	function switchAll() {
		return switchMap_1.switchMap(identity_1.identity);
	}
	exports.switchAll = switchAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/switchMapTo.js
var require_switchMapTo = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.switchMapTo = void 0;
	var switchMap_1 = require_switchMap();
	var isFunction_1 = require_isFunction();
	function switchMapTo(innerObservable, resultSelector) {
		return isFunction_1.isFunction(resultSelector) ? switchMap_1.switchMap(function() {
			return innerObservable;
		}, resultSelector) : switchMap_1.switchMap(function() {
			return innerObservable;
		});
	}
	exports.switchMapTo = switchMapTo;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/switchScan.js
var require_switchScan = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.switchScan = void 0;
	var switchMap_1 = require_switchMap();
	var lift_1 = require_lift();
	function switchScan(accumulator, seed) {
		return lift_1.operate(function(source, subscriber) {
			var state = seed;
			switchMap_1.switchMap(function(value, index) {
				return accumulator(state, value, index);
			}, function(_, innerValue) {
				return state = innerValue, innerValue;
			})(source).subscribe(subscriber);
			return function() {
				state = null;
			};
		});
	}
	exports.switchScan = switchScan;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/takeUntil.js
var require_takeUntil = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.takeUntil = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	var noop_1 = require_noop();
	function takeUntil(notifier) {
		return lift_1.operate(function(source, subscriber) {
			innerFrom_1.innerFrom(notifier).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
				return subscriber.complete();
			}, noop_1.noop));
			!subscriber.closed && source.subscribe(subscriber);
		});
	}
	exports.takeUntil = takeUntil;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/takeWhile.js
var require_takeWhile = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.takeWhile = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function takeWhile(predicate, inclusive) {
		if (inclusive === void 0) inclusive = false;
		return lift_1.operate(function(source, subscriber) {
			var index = 0;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var result = predicate(value, index++);
				(result || inclusive) && subscriber.next(value);
				!result && subscriber.complete();
			}));
		});
	}
	exports.takeWhile = takeWhile;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/tap.js
var require_tap = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.tap = void 0;
	var isFunction_1 = require_isFunction();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var identity_1 = require_identity();
	function tap(observerOrNext, error, complete) {
		var tapObserver = isFunction_1.isFunction(observerOrNext) || error || complete ? {
			next: observerOrNext,
			error,
			complete
		} : observerOrNext;
		return tapObserver ? lift_1.operate(function(source, subscriber) {
			var _a;
			(_a = tapObserver.subscribe) === null || _a === void 0 || _a.call(tapObserver);
			var isUnsub = true;
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var _a;
				(_a = tapObserver.next) === null || _a === void 0 || _a.call(tapObserver, value);
				subscriber.next(value);
			}, function() {
				var _a;
				isUnsub = false;
				(_a = tapObserver.complete) === null || _a === void 0 || _a.call(tapObserver);
				subscriber.complete();
			}, function(err) {
				var _a;
				isUnsub = false;
				(_a = tapObserver.error) === null || _a === void 0 || _a.call(tapObserver, err);
				subscriber.error(err);
			}, function() {
				var _a, _b;
				if (isUnsub) (_a = tapObserver.unsubscribe) === null || _a === void 0 || _a.call(tapObserver);
				(_b = tapObserver.finalize) === null || _b === void 0 || _b.call(tapObserver);
			}));
		}) : identity_1.identity;
	}
	exports.tap = tap;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/throttle.js
var require_throttle = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.throttle = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	function throttle(durationSelector, config) {
		return lift_1.operate(function(source, subscriber) {
			var _a = config !== null && config !== void 0 ? config : {}, _b = _a.leading, leading = _b === void 0 ? true : _b, _c = _a.trailing, trailing = _c === void 0 ? false : _c;
			var hasValue = false;
			var sendValue = null;
			var throttled = null;
			var isComplete = false;
			var endThrottling = function() {
				throttled === null || throttled === void 0 || throttled.unsubscribe();
				throttled = null;
				if (trailing) {
					send();
					isComplete && subscriber.complete();
				}
			};
			var cleanupThrottling = function() {
				throttled = null;
				isComplete && subscriber.complete();
			};
			var startThrottle = function(value) {
				return throttled = innerFrom_1.innerFrom(durationSelector(value)).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, endThrottling, cleanupThrottling));
			};
			var send = function() {
				if (hasValue) {
					hasValue = false;
					var value = sendValue;
					sendValue = null;
					subscriber.next(value);
					!isComplete && startThrottle(value);
				}
			};
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				hasValue = true;
				sendValue = value;
				(!throttled || throttled.closed) && (leading ? send() : startThrottle(value));
			}, function() {
				isComplete = true;
				!(trailing && hasValue && throttled && !throttled.closed) && subscriber.complete();
			}));
		});
	}
	exports.throttle = throttle;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/throttleTime.js
var require_throttleTime = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.throttleTime = void 0;
	var async_1 = require_async();
	var throttle_1 = require_throttle();
	var timer_1 = require_timer();
	function throttleTime(duration, scheduler, config) {
		if (scheduler === void 0) scheduler = async_1.asyncScheduler;
		var duration$ = timer_1.timer(duration, scheduler);
		return throttle_1.throttle(function() {
			return duration$;
		}, config);
	}
	exports.throttleTime = throttleTime;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/timeInterval.js
var require_timeInterval = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.TimeInterval = exports.timeInterval = void 0;
	var async_1 = require_async();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function timeInterval(scheduler) {
		if (scheduler === void 0) scheduler = async_1.asyncScheduler;
		return lift_1.operate(function(source, subscriber) {
			var last = scheduler.now();
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var now = scheduler.now();
				var interval = now - last;
				last = now;
				subscriber.next(new TimeInterval(value, interval));
			}));
		});
	}
	exports.timeInterval = timeInterval;
	var TimeInterval = function() {
		function TimeInterval(value, interval) {
			this.value = value;
			this.interval = interval;
		}
		return TimeInterval;
	}();
	exports.TimeInterval = TimeInterval;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/timeoutWith.js
var require_timeoutWith = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.timeoutWith = void 0;
	var async_1 = require_async();
	var isDate_1 = require_isDate();
	var timeout_1 = require_timeout();
	function timeoutWith(due, withObservable, scheduler) {
		var first;
		var each;
		var _with;
		scheduler = scheduler !== null && scheduler !== void 0 ? scheduler : async_1.async;
		if (isDate_1.isValidDate(due)) first = due;
		else if (typeof due === "number") each = due;
		if (withObservable) _with = function() {
			return withObservable;
		};
		else throw new TypeError("No observable provided to switch to");
		if (first == null && each == null) throw new TypeError("No timeout provided.");
		return timeout_1.timeout({
			first,
			each,
			scheduler,
			with: _with
		});
	}
	exports.timeoutWith = timeoutWith;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/timestamp.js
var require_timestamp = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.timestamp = void 0;
	var dateTimestampProvider_1 = require_dateTimestampProvider();
	var map_1 = require_map();
	function timestamp(timestampProvider) {
		if (timestampProvider === void 0) timestampProvider = dateTimestampProvider_1.dateTimestampProvider;
		return map_1.map(function(value) {
			return {
				value,
				timestamp: timestampProvider.now()
			};
		});
	}
	exports.timestamp = timestamp;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/window.js
var require_window = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.window = void 0;
	var Subject_1 = require_Subject();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var noop_1 = require_noop();
	var innerFrom_1 = require_innerFrom();
	function window(windowBoundaries) {
		return lift_1.operate(function(source, subscriber) {
			var windowSubject = new Subject_1.Subject();
			subscriber.next(windowSubject.asObservable());
			var errorHandler = function(err) {
				windowSubject.error(err);
				subscriber.error(err);
			};
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return windowSubject === null || windowSubject === void 0 ? void 0 : windowSubject.next(value);
			}, function() {
				windowSubject.complete();
				subscriber.complete();
			}, errorHandler));
			innerFrom_1.innerFrom(windowBoundaries).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function() {
				windowSubject.complete();
				subscriber.next(windowSubject = new Subject_1.Subject());
			}, noop_1.noop, errorHandler));
			return function() {
				windowSubject === null || windowSubject === void 0 || windowSubject.unsubscribe();
				windowSubject = null;
			};
		});
	}
	exports.window = window;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/windowCount.js
var require_windowCount = /* @__PURE__ */ __commonJSMin(((exports, module, this$6) => {
	var __values = this$6 && this$6.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.windowCount = void 0;
	var Subject_1 = require_Subject();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	function windowCount(windowSize, startWindowEvery) {
		if (startWindowEvery === void 0) startWindowEvery = 0;
		var startEvery = startWindowEvery > 0 ? startWindowEvery : windowSize;
		return lift_1.operate(function(source, subscriber) {
			var windows = [new Subject_1.Subject()];
			var count = 0;
			subscriber.next(windows[0].asObservable());
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var e_1, _a;
				try {
					for (var windows_1 = __values(windows), windows_1_1 = windows_1.next(); !windows_1_1.done; windows_1_1 = windows_1.next()) windows_1_1.value.next(value);
				} catch (e_1_1) {
					e_1 = { error: e_1_1 };
				} finally {
					try {
						if (windows_1_1 && !windows_1_1.done && (_a = windows_1.return)) _a.call(windows_1);
					} finally {
						if (e_1) throw e_1.error;
					}
				}
				var c = count - windowSize + 1;
				if (c >= 0 && c % startEvery === 0) windows.shift().complete();
				if (++count % startEvery === 0) {
					var window_2 = new Subject_1.Subject();
					windows.push(window_2);
					subscriber.next(window_2.asObservable());
				}
			}, function() {
				while (windows.length > 0) windows.shift().complete();
				subscriber.complete();
			}, function(err) {
				while (windows.length > 0) windows.shift().error(err);
				subscriber.error(err);
			}, function() {
				windows = null;
			}));
		});
	}
	exports.windowCount = windowCount;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/windowTime.js
var require_windowTime = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.windowTime = void 0;
	var Subject_1 = require_Subject();
	var async_1 = require_async();
	var Subscription_1 = require_Subscription();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var arrRemove_1 = require_arrRemove();
	var args_1 = require_args();
	var executeSchedule_1 = require_executeSchedule();
	function windowTime(windowTimeSpan) {
		var _a, _b;
		var otherArgs = [];
		for (var _i = 1; _i < arguments.length; _i++) otherArgs[_i - 1] = arguments[_i];
		var scheduler = (_a = args_1.popScheduler(otherArgs)) !== null && _a !== void 0 ? _a : async_1.asyncScheduler;
		var windowCreationInterval = (_b = otherArgs[0]) !== null && _b !== void 0 ? _b : null;
		var maxWindowSize = otherArgs[1] || Infinity;
		return lift_1.operate(function(source, subscriber) {
			var windowRecords = [];
			var restartOnClose = false;
			var closeWindow = function(record) {
				var window = record.window, subs = record.subs;
				window.complete();
				subs.unsubscribe();
				arrRemove_1.arrRemove(windowRecords, record);
				restartOnClose && startWindow();
			};
			var startWindow = function() {
				if (windowRecords) {
					var subs = new Subscription_1.Subscription();
					subscriber.add(subs);
					var window_1 = new Subject_1.Subject();
					var record_1 = {
						window: window_1,
						subs,
						seen: 0
					};
					windowRecords.push(record_1);
					subscriber.next(window_1.asObservable());
					executeSchedule_1.executeSchedule(subs, scheduler, function() {
						return closeWindow(record_1);
					}, windowTimeSpan);
				}
			};
			if (windowCreationInterval !== null && windowCreationInterval >= 0) executeSchedule_1.executeSchedule(subscriber, scheduler, startWindow, windowCreationInterval, true);
			else restartOnClose = true;
			startWindow();
			var loop = function(cb) {
				return windowRecords.slice().forEach(cb);
			};
			var terminate = function(cb) {
				loop(function(_a) {
					var window = _a.window;
					return cb(window);
				});
				cb(subscriber);
				subscriber.unsubscribe();
			};
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				loop(function(record) {
					record.window.next(value);
					maxWindowSize <= ++record.seen && closeWindow(record);
				});
			}, function() {
				return terminate(function(consumer) {
					return consumer.complete();
				});
			}, function(err) {
				return terminate(function(consumer) {
					return consumer.error(err);
				});
			}));
			return function() {
				windowRecords = null;
			};
		});
	}
	exports.windowTime = windowTime;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/windowToggle.js
var require_windowToggle = /* @__PURE__ */ __commonJSMin(((exports, module, this$5) => {
	var __values = this$5 && this$5.__values || function(o) {
		var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
		if (m) return m.call(o);
		if (o && typeof o.length === "number") return { next: function() {
			if (o && i >= o.length) o = void 0;
			return {
				value: o && o[i++],
				done: !o
			};
		} };
		throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.windowToggle = void 0;
	var Subject_1 = require_Subject();
	var Subscription_1 = require_Subscription();
	var lift_1 = require_lift();
	var innerFrom_1 = require_innerFrom();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var noop_1 = require_noop();
	var arrRemove_1 = require_arrRemove();
	function windowToggle(openings, closingSelector) {
		return lift_1.operate(function(source, subscriber) {
			var windows = [];
			var handleError = function(err) {
				while (0 < windows.length) windows.shift().error(err);
				subscriber.error(err);
			};
			innerFrom_1.innerFrom(openings).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(openValue) {
				var window = new Subject_1.Subject();
				windows.push(window);
				var closingSubscription = new Subscription_1.Subscription();
				var closeWindow = function() {
					arrRemove_1.arrRemove(windows, window);
					window.complete();
					closingSubscription.unsubscribe();
				};
				var closingNotifier;
				try {
					closingNotifier = innerFrom_1.innerFrom(closingSelector(openValue));
				} catch (err) {
					handleError(err);
					return;
				}
				subscriber.next(window.asObservable());
				closingSubscription.add(closingNotifier.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, closeWindow, noop_1.noop, handleError)));
			}, noop_1.noop));
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				var e_1, _a;
				var windowsCopy = windows.slice();
				try {
					for (var windowsCopy_1 = __values(windowsCopy), windowsCopy_1_1 = windowsCopy_1.next(); !windowsCopy_1_1.done; windowsCopy_1_1 = windowsCopy_1.next()) windowsCopy_1_1.value.next(value);
				} catch (e_1_1) {
					e_1 = { error: e_1_1 };
				} finally {
					try {
						if (windowsCopy_1_1 && !windowsCopy_1_1.done && (_a = windowsCopy_1.return)) _a.call(windowsCopy_1);
					} finally {
						if (e_1) throw e_1.error;
					}
				}
			}, function() {
				while (0 < windows.length) windows.shift().complete();
				subscriber.complete();
			}, handleError, function() {
				while (0 < windows.length) windows.shift().unsubscribe();
			}));
		});
	}
	exports.windowToggle = windowToggle;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/windowWhen.js
var require_windowWhen = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.windowWhen = void 0;
	var Subject_1 = require_Subject();
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	function windowWhen(closingSelector) {
		return lift_1.operate(function(source, subscriber) {
			var window;
			var closingSubscriber;
			var handleError = function(err) {
				window.error(err);
				subscriber.error(err);
			};
			var openWindow = function() {
				closingSubscriber === null || closingSubscriber === void 0 || closingSubscriber.unsubscribe();
				window === null || window === void 0 || window.complete();
				window = new Subject_1.Subject();
				subscriber.next(window.asObservable());
				var closingNotifier;
				try {
					closingNotifier = innerFrom_1.innerFrom(closingSelector());
				} catch (err) {
					handleError(err);
					return;
				}
				closingNotifier.subscribe(closingSubscriber = OperatorSubscriber_1.createOperatorSubscriber(subscriber, openWindow, openWindow, handleError));
			};
			openWindow();
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				return window.next(value);
			}, function() {
				window.complete();
				subscriber.complete();
			}, handleError, function() {
				closingSubscriber === null || closingSubscriber === void 0 || closingSubscriber.unsubscribe();
				window = null;
			}));
		});
	}
	exports.windowWhen = windowWhen;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/withLatestFrom.js
var require_withLatestFrom = /* @__PURE__ */ __commonJSMin(((exports, module, this$4) => {
	var __read = this$4 && this$4.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$4 && this$4.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.withLatestFrom = void 0;
	var lift_1 = require_lift();
	var OperatorSubscriber_1 = require_OperatorSubscriber();
	var innerFrom_1 = require_innerFrom();
	var identity_1 = require_identity();
	var noop_1 = require_noop();
	var args_1 = require_args();
	function withLatestFrom() {
		var inputs = [];
		for (var _i = 0; _i < arguments.length; _i++) inputs[_i] = arguments[_i];
		var project = args_1.popResultSelector(inputs);
		return lift_1.operate(function(source, subscriber) {
			var len = inputs.length;
			var otherValues = new Array(len);
			var hasValue = inputs.map(function() {
				return false;
			});
			var ready = false;
			var _loop_1 = function(i) {
				innerFrom_1.innerFrom(inputs[i]).subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
					otherValues[i] = value;
					if (!ready && !hasValue[i]) {
						hasValue[i] = true;
						(ready = hasValue.every(identity_1.identity)) && (hasValue = null);
					}
				}, noop_1.noop));
			};
			for (var i = 0; i < len; i++) _loop_1(i);
			source.subscribe(OperatorSubscriber_1.createOperatorSubscriber(subscriber, function(value) {
				if (ready) {
					var values = __spreadArray([value], __read(otherValues));
					subscriber.next(project ? project.apply(void 0, __spreadArray([], __read(values))) : values);
				}
			}));
		});
	}
	exports.withLatestFrom = withLatestFrom;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/zipAll.js
var require_zipAll = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.zipAll = void 0;
	var zip_1 = require_zip$1();
	var joinAllInternals_1 = require_joinAllInternals();
	function zipAll(project) {
		return joinAllInternals_1.joinAllInternals(zip_1.zip, project);
	}
	exports.zipAll = zipAll;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/zip.js
var require_zip = /* @__PURE__ */ __commonJSMin(((exports, module, this$3) => {
	var __read = this$3 && this$3.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$3 && this$3.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.zip = void 0;
	var zip_1 = require_zip$1();
	var lift_1 = require_lift();
	function zip() {
		var sources = [];
		for (var _i = 0; _i < arguments.length; _i++) sources[_i] = arguments[_i];
		return lift_1.operate(function(source, subscriber) {
			zip_1.zip.apply(void 0, __spreadArray([source], __read(sources))).subscribe(subscriber);
		});
	}
	exports.zip = zip;
}));
// ../../main/node_modules/rxjs/dist/cjs/internal/operators/zipWith.js
var require_zipWith = /* @__PURE__ */ __commonJSMin(((exports, module, this$2) => {
	var __read = this$2 && this$2.__read || function(o, n) {
		var m = typeof Symbol === "function" && o[Symbol.iterator];
		if (!m) return o;
		var i = m.call(o), r, ar = [], e;
		try {
			while ((n === void 0 || n-- > 0) && !(r = i.next()).done) ar.push(r.value);
		} catch (error) {
			e = { error };
		} finally {
			try {
				if (r && !r.done && (m = i["return"])) m.call(i);
			} finally {
				if (e) throw e.error;
			}
		}
		return ar;
	};
	var __spreadArray = this$2 && this$2.__spreadArray || function(to, from) {
		for (var i = 0, il = from.length, j = to.length; i < il; i++, j++) to[j] = from[i];
		return to;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.zipWith = void 0;
	var zip_1 = require_zip();
	function zipWith() {
		var otherInputs = [];
		for (var _i = 0; _i < arguments.length; _i++) otherInputs[_i] = arguments[_i];
		return zip_1.zip.apply(void 0, __spreadArray([], __read(otherInputs)));
	}
	exports.zipWith = zipWith;
}));
// contracts/eraseRecord.ts
var import_cjs = (/* @__PURE__ */ __commonJSMin(((exports, module, this$1) => {
	var __createBinding = this$1 && this$1.__createBinding || (Object.create ? (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		Object.defineProperty(o, k2, {
			enumerable: true,
			get: function() {
				return m[k];
			}
		});
	}) : (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		o[k2] = m[k];
	}));
	var __exportStar = this$1 && this$1.__exportStar || function(m, exports) {
		for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.interval = exports.iif = exports.generate = exports.fromEventPattern = exports.fromEvent = exports.from = exports.forkJoin = exports.empty = exports.defer = exports.connectable = exports.concat = exports.combineLatest = exports.bindNodeCallback = exports.bindCallback = exports.UnsubscriptionError = exports.TimeoutError = exports.SequenceError = exports.ObjectUnsubscribedError = exports.NotFoundError = exports.EmptyError = exports.ArgumentOutOfRangeError = exports.firstValueFrom = exports.lastValueFrom = exports.isObservable = exports.identity = exports.noop = exports.pipe = exports.NotificationKind = exports.Notification = exports.Subscriber = exports.Subscription = exports.Scheduler = exports.VirtualAction = exports.VirtualTimeScheduler = exports.animationFrameScheduler = exports.animationFrame = exports.queueScheduler = exports.queue = exports.asyncScheduler = exports.async = exports.asapScheduler = exports.asap = exports.AsyncSubject = exports.ReplaySubject = exports.BehaviorSubject = exports.Subject = exports.animationFrames = exports.observable = exports.ConnectableObservable = exports.Observable = void 0;
	exports.filter = exports.expand = exports.exhaustMap = exports.exhaustAll = exports.exhaust = exports.every = exports.endWith = exports.elementAt = exports.distinctUntilKeyChanged = exports.distinctUntilChanged = exports.distinct = exports.dematerialize = exports.delayWhen = exports.delay = exports.defaultIfEmpty = exports.debounceTime = exports.debounce = exports.count = exports.connect = exports.concatWith = exports.concatMapTo = exports.concatMap = exports.concatAll = exports.combineLatestWith = exports.combineLatestAll = exports.combineAll = exports.catchError = exports.bufferWhen = exports.bufferToggle = exports.bufferTime = exports.bufferCount = exports.buffer = exports.auditTime = exports.audit = exports.config = exports.NEVER = exports.EMPTY = exports.scheduled = exports.zip = exports.using = exports.timer = exports.throwError = exports.range = exports.race = exports.partition = exports.pairs = exports.onErrorResumeNext = exports.of = exports.never = exports.merge = void 0;
	exports.switchMap = exports.switchAll = exports.subscribeOn = exports.startWith = exports.skipWhile = exports.skipUntil = exports.skipLast = exports.skip = exports.single = exports.shareReplay = exports.share = exports.sequenceEqual = exports.scan = exports.sampleTime = exports.sample = exports.refCount = exports.retryWhen = exports.retry = exports.repeatWhen = exports.repeat = exports.reduce = exports.raceWith = exports.publishReplay = exports.publishLast = exports.publishBehavior = exports.publish = exports.pluck = exports.pairwise = exports.onErrorResumeNextWith = exports.observeOn = exports.multicast = exports.min = exports.mergeWith = exports.mergeScan = exports.mergeMapTo = exports.mergeMap = exports.flatMap = exports.mergeAll = exports.max = exports.materialize = exports.mapTo = exports.map = exports.last = exports.isEmpty = exports.ignoreElements = exports.groupBy = exports.first = exports.findIndex = exports.find = exports.finalize = void 0;
	exports.zipWith = exports.zipAll = exports.withLatestFrom = exports.windowWhen = exports.windowToggle = exports.windowTime = exports.windowCount = exports.window = exports.toArray = exports.timestamp = exports.timeoutWith = exports.timeout = exports.timeInterval = exports.throwIfEmpty = exports.throttleTime = exports.throttle = exports.tap = exports.takeWhile = exports.takeUntil = exports.takeLast = exports.take = exports.switchScan = exports.switchMapTo = void 0;
	var Observable_1 = require_Observable();
	Object.defineProperty(exports, "Observable", {
		enumerable: true,
		get: function() {
			return Observable_1.Observable;
		}
	});
	var ConnectableObservable_1 = require_ConnectableObservable();
	Object.defineProperty(exports, "ConnectableObservable", {
		enumerable: true,
		get: function() {
			return ConnectableObservable_1.ConnectableObservable;
		}
	});
	var observable_1 = require_observable();
	Object.defineProperty(exports, "observable", {
		enumerable: true,
		get: function() {
			return observable_1.observable;
		}
	});
	var animationFrames_1 = require_animationFrames();
	Object.defineProperty(exports, "animationFrames", {
		enumerable: true,
		get: function() {
			return animationFrames_1.animationFrames;
		}
	});
	var Subject_1 = require_Subject();
	Object.defineProperty(exports, "Subject", {
		enumerable: true,
		get: function() {
			return Subject_1.Subject;
		}
	});
	var BehaviorSubject_1 = require_BehaviorSubject();
	Object.defineProperty(exports, "BehaviorSubject", {
		enumerable: true,
		get: function() {
			return BehaviorSubject_1.BehaviorSubject;
		}
	});
	var ReplaySubject_1 = require_ReplaySubject();
	Object.defineProperty(exports, "ReplaySubject", {
		enumerable: true,
		get: function() {
			return ReplaySubject_1.ReplaySubject;
		}
	});
	var AsyncSubject_1 = require_AsyncSubject();
	Object.defineProperty(exports, "AsyncSubject", {
		enumerable: true,
		get: function() {
			return AsyncSubject_1.AsyncSubject;
		}
	});
	var asap_1 = require_asap();
	Object.defineProperty(exports, "asap", {
		enumerable: true,
		get: function() {
			return asap_1.asap;
		}
	});
	Object.defineProperty(exports, "asapScheduler", {
		enumerable: true,
		get: function() {
			return asap_1.asapScheduler;
		}
	});
	var async_1 = require_async();
	Object.defineProperty(exports, "async", {
		enumerable: true,
		get: function() {
			return async_1.async;
		}
	});
	Object.defineProperty(exports, "asyncScheduler", {
		enumerable: true,
		get: function() {
			return async_1.asyncScheduler;
		}
	});
	var queue_1 = require_queue();
	Object.defineProperty(exports, "queue", {
		enumerable: true,
		get: function() {
			return queue_1.queue;
		}
	});
	Object.defineProperty(exports, "queueScheduler", {
		enumerable: true,
		get: function() {
			return queue_1.queueScheduler;
		}
	});
	var animationFrame_1 = require_animationFrame();
	Object.defineProperty(exports, "animationFrame", {
		enumerable: true,
		get: function() {
			return animationFrame_1.animationFrame;
		}
	});
	Object.defineProperty(exports, "animationFrameScheduler", {
		enumerable: true,
		get: function() {
			return animationFrame_1.animationFrameScheduler;
		}
	});
	var VirtualTimeScheduler_1 = require_VirtualTimeScheduler();
	Object.defineProperty(exports, "VirtualTimeScheduler", {
		enumerable: true,
		get: function() {
			return VirtualTimeScheduler_1.VirtualTimeScheduler;
		}
	});
	Object.defineProperty(exports, "VirtualAction", {
		enumerable: true,
		get: function() {
			return VirtualTimeScheduler_1.VirtualAction;
		}
	});
	var Scheduler_1 = require_Scheduler();
	Object.defineProperty(exports, "Scheduler", {
		enumerable: true,
		get: function() {
			return Scheduler_1.Scheduler;
		}
	});
	var Subscription_1 = require_Subscription();
	Object.defineProperty(exports, "Subscription", {
		enumerable: true,
		get: function() {
			return Subscription_1.Subscription;
		}
	});
	var Subscriber_1 = require_Subscriber();
	Object.defineProperty(exports, "Subscriber", {
		enumerable: true,
		get: function() {
			return Subscriber_1.Subscriber;
		}
	});
	var Notification_1 = require_Notification();
	Object.defineProperty(exports, "Notification", {
		enumerable: true,
		get: function() {
			return Notification_1.Notification;
		}
	});
	Object.defineProperty(exports, "NotificationKind", {
		enumerable: true,
		get: function() {
			return Notification_1.NotificationKind;
		}
	});
	var pipe_1 = require_pipe();
	Object.defineProperty(exports, "pipe", {
		enumerable: true,
		get: function() {
			return pipe_1.pipe;
		}
	});
	var noop_1 = require_noop();
	Object.defineProperty(exports, "noop", {
		enumerable: true,
		get: function() {
			return noop_1.noop;
		}
	});
	var identity_1 = require_identity();
	Object.defineProperty(exports, "identity", {
		enumerable: true,
		get: function() {
			return identity_1.identity;
		}
	});
	var isObservable_1 = require_isObservable();
	Object.defineProperty(exports, "isObservable", {
		enumerable: true,
		get: function() {
			return isObservable_1.isObservable;
		}
	});
	var lastValueFrom_1 = require_lastValueFrom();
	Object.defineProperty(exports, "lastValueFrom", {
		enumerable: true,
		get: function() {
			return lastValueFrom_1.lastValueFrom;
		}
	});
	var firstValueFrom_1 = require_firstValueFrom();
	Object.defineProperty(exports, "firstValueFrom", {
		enumerable: true,
		get: function() {
			return firstValueFrom_1.firstValueFrom;
		}
	});
	var ArgumentOutOfRangeError_1 = require_ArgumentOutOfRangeError();
	Object.defineProperty(exports, "ArgumentOutOfRangeError", {
		enumerable: true,
		get: function() {
			return ArgumentOutOfRangeError_1.ArgumentOutOfRangeError;
		}
	});
	var EmptyError_1 = require_EmptyError();
	Object.defineProperty(exports, "EmptyError", {
		enumerable: true,
		get: function() {
			return EmptyError_1.EmptyError;
		}
	});
	var NotFoundError_1 = require_NotFoundError();
	Object.defineProperty(exports, "NotFoundError", {
		enumerable: true,
		get: function() {
			return NotFoundError_1.NotFoundError;
		}
	});
	var ObjectUnsubscribedError_1 = require_ObjectUnsubscribedError();
	Object.defineProperty(exports, "ObjectUnsubscribedError", {
		enumerable: true,
		get: function() {
			return ObjectUnsubscribedError_1.ObjectUnsubscribedError;
		}
	});
	var SequenceError_1 = require_SequenceError();
	Object.defineProperty(exports, "SequenceError", {
		enumerable: true,
		get: function() {
			return SequenceError_1.SequenceError;
		}
	});
	var timeout_1 = require_timeout();
	Object.defineProperty(exports, "TimeoutError", {
		enumerable: true,
		get: function() {
			return timeout_1.TimeoutError;
		}
	});
	var UnsubscriptionError_1 = require_UnsubscriptionError();
	Object.defineProperty(exports, "UnsubscriptionError", {
		enumerable: true,
		get: function() {
			return UnsubscriptionError_1.UnsubscriptionError;
		}
	});
	var bindCallback_1 = require_bindCallback();
	Object.defineProperty(exports, "bindCallback", {
		enumerable: true,
		get: function() {
			return bindCallback_1.bindCallback;
		}
	});
	var bindNodeCallback_1 = require_bindNodeCallback();
	Object.defineProperty(exports, "bindNodeCallback", {
		enumerable: true,
		get: function() {
			return bindNodeCallback_1.bindNodeCallback;
		}
	});
	var combineLatest_1 = require_combineLatest$1();
	Object.defineProperty(exports, "combineLatest", {
		enumerable: true,
		get: function() {
			return combineLatest_1.combineLatest;
		}
	});
	var concat_1 = require_concat$1();
	Object.defineProperty(exports, "concat", {
		enumerable: true,
		get: function() {
			return concat_1.concat;
		}
	});
	var connectable_1 = require_connectable();
	Object.defineProperty(exports, "connectable", {
		enumerable: true,
		get: function() {
			return connectable_1.connectable;
		}
	});
	var defer_1 = require_defer();
	Object.defineProperty(exports, "defer", {
		enumerable: true,
		get: function() {
			return defer_1.defer;
		}
	});
	var empty_1 = require_empty();
	Object.defineProperty(exports, "empty", {
		enumerable: true,
		get: function() {
			return empty_1.empty;
		}
	});
	var forkJoin_1 = require_forkJoin();
	Object.defineProperty(exports, "forkJoin", {
		enumerable: true,
		get: function() {
			return forkJoin_1.forkJoin;
		}
	});
	var from_1 = require_from();
	Object.defineProperty(exports, "from", {
		enumerable: true,
		get: function() {
			return from_1.from;
		}
	});
	var fromEvent_1 = require_fromEvent();
	Object.defineProperty(exports, "fromEvent", {
		enumerable: true,
		get: function() {
			return fromEvent_1.fromEvent;
		}
	});
	var fromEventPattern_1 = require_fromEventPattern();
	Object.defineProperty(exports, "fromEventPattern", {
		enumerable: true,
		get: function() {
			return fromEventPattern_1.fromEventPattern;
		}
	});
	var generate_1 = require_generate();
	Object.defineProperty(exports, "generate", {
		enumerable: true,
		get: function() {
			return generate_1.generate;
		}
	});
	var iif_1 = require_iif();
	Object.defineProperty(exports, "iif", {
		enumerable: true,
		get: function() {
			return iif_1.iif;
		}
	});
	var interval_1 = require_interval();
	Object.defineProperty(exports, "interval", {
		enumerable: true,
		get: function() {
			return interval_1.interval;
		}
	});
	var merge_1 = require_merge$1();
	Object.defineProperty(exports, "merge", {
		enumerable: true,
		get: function() {
			return merge_1.merge;
		}
	});
	var never_1 = require_never();
	Object.defineProperty(exports, "never", {
		enumerable: true,
		get: function() {
			return never_1.never;
		}
	});
	var of_1 = require_of();
	Object.defineProperty(exports, "of", {
		enumerable: true,
		get: function() {
			return of_1.of;
		}
	});
	var onErrorResumeNext_1 = require_onErrorResumeNext();
	Object.defineProperty(exports, "onErrorResumeNext", {
		enumerable: true,
		get: function() {
			return onErrorResumeNext_1.onErrorResumeNext;
		}
	});
	var pairs_1 = require_pairs();
	Object.defineProperty(exports, "pairs", {
		enumerable: true,
		get: function() {
			return pairs_1.pairs;
		}
	});
	var partition_1 = require_partition();
	Object.defineProperty(exports, "partition", {
		enumerable: true,
		get: function() {
			return partition_1.partition;
		}
	});
	var race_1 = require_race();
	Object.defineProperty(exports, "race", {
		enumerable: true,
		get: function() {
			return race_1.race;
		}
	});
	var range_1 = require_range();
	Object.defineProperty(exports, "range", {
		enumerable: true,
		get: function() {
			return range_1.range;
		}
	});
	var throwError_1 = require_throwError();
	Object.defineProperty(exports, "throwError", {
		enumerable: true,
		get: function() {
			return throwError_1.throwError;
		}
	});
	var timer_1 = require_timer();
	Object.defineProperty(exports, "timer", {
		enumerable: true,
		get: function() {
			return timer_1.timer;
		}
	});
	var using_1 = require_using();
	Object.defineProperty(exports, "using", {
		enumerable: true,
		get: function() {
			return using_1.using;
		}
	});
	var zip_1 = require_zip$1();
	Object.defineProperty(exports, "zip", {
		enumerable: true,
		get: function() {
			return zip_1.zip;
		}
	});
	var scheduled_1 = require_scheduled();
	Object.defineProperty(exports, "scheduled", {
		enumerable: true,
		get: function() {
			return scheduled_1.scheduled;
		}
	});
	var empty_2 = require_empty();
	Object.defineProperty(exports, "EMPTY", {
		enumerable: true,
		get: function() {
			return empty_2.EMPTY;
		}
	});
	var never_2 = require_never();
	Object.defineProperty(exports, "NEVER", {
		enumerable: true,
		get: function() {
			return never_2.NEVER;
		}
	});
	__exportStar(require_types(), exports);
	var config_1 = require_config();
	Object.defineProperty(exports, "config", {
		enumerable: true,
		get: function() {
			return config_1.config;
		}
	});
	var audit_1 = require_audit();
	Object.defineProperty(exports, "audit", {
		enumerable: true,
		get: function() {
			return audit_1.audit;
		}
	});
	var auditTime_1 = require_auditTime();
	Object.defineProperty(exports, "auditTime", {
		enumerable: true,
		get: function() {
			return auditTime_1.auditTime;
		}
	});
	var buffer_1 = require_buffer();
	Object.defineProperty(exports, "buffer", {
		enumerable: true,
		get: function() {
			return buffer_1.buffer;
		}
	});
	var bufferCount_1 = require_bufferCount();
	Object.defineProperty(exports, "bufferCount", {
		enumerable: true,
		get: function() {
			return bufferCount_1.bufferCount;
		}
	});
	var bufferTime_1 = require_bufferTime();
	Object.defineProperty(exports, "bufferTime", {
		enumerable: true,
		get: function() {
			return bufferTime_1.bufferTime;
		}
	});
	var bufferToggle_1 = require_bufferToggle();
	Object.defineProperty(exports, "bufferToggle", {
		enumerable: true,
		get: function() {
			return bufferToggle_1.bufferToggle;
		}
	});
	var bufferWhen_1 = require_bufferWhen();
	Object.defineProperty(exports, "bufferWhen", {
		enumerable: true,
		get: function() {
			return bufferWhen_1.bufferWhen;
		}
	});
	var catchError_1 = require_catchError();
	Object.defineProperty(exports, "catchError", {
		enumerable: true,
		get: function() {
			return catchError_1.catchError;
		}
	});
	var combineAll_1 = require_combineAll();
	Object.defineProperty(exports, "combineAll", {
		enumerable: true,
		get: function() {
			return combineAll_1.combineAll;
		}
	});
	var combineLatestAll_1 = require_combineLatestAll();
	Object.defineProperty(exports, "combineLatestAll", {
		enumerable: true,
		get: function() {
			return combineLatestAll_1.combineLatestAll;
		}
	});
	var combineLatestWith_1 = require_combineLatestWith();
	Object.defineProperty(exports, "combineLatestWith", {
		enumerable: true,
		get: function() {
			return combineLatestWith_1.combineLatestWith;
		}
	});
	var concatAll_1 = require_concatAll();
	Object.defineProperty(exports, "concatAll", {
		enumerable: true,
		get: function() {
			return concatAll_1.concatAll;
		}
	});
	var concatMap_1 = require_concatMap();
	Object.defineProperty(exports, "concatMap", {
		enumerable: true,
		get: function() {
			return concatMap_1.concatMap;
		}
	});
	var concatMapTo_1 = require_concatMapTo();
	Object.defineProperty(exports, "concatMapTo", {
		enumerable: true,
		get: function() {
			return concatMapTo_1.concatMapTo;
		}
	});
	var concatWith_1 = require_concatWith();
	Object.defineProperty(exports, "concatWith", {
		enumerable: true,
		get: function() {
			return concatWith_1.concatWith;
		}
	});
	var connect_1 = require_connect();
	Object.defineProperty(exports, "connect", {
		enumerable: true,
		get: function() {
			return connect_1.connect;
		}
	});
	var count_1 = require_count();
	Object.defineProperty(exports, "count", {
		enumerable: true,
		get: function() {
			return count_1.count;
		}
	});
	var debounce_1 = require_debounce();
	Object.defineProperty(exports, "debounce", {
		enumerable: true,
		get: function() {
			return debounce_1.debounce;
		}
	});
	var debounceTime_1 = require_debounceTime();
	Object.defineProperty(exports, "debounceTime", {
		enumerable: true,
		get: function() {
			return debounceTime_1.debounceTime;
		}
	});
	var defaultIfEmpty_1 = require_defaultIfEmpty();
	Object.defineProperty(exports, "defaultIfEmpty", {
		enumerable: true,
		get: function() {
			return defaultIfEmpty_1.defaultIfEmpty;
		}
	});
	var delay_1 = require_delay();
	Object.defineProperty(exports, "delay", {
		enumerable: true,
		get: function() {
			return delay_1.delay;
		}
	});
	var delayWhen_1 = require_delayWhen();
	Object.defineProperty(exports, "delayWhen", {
		enumerable: true,
		get: function() {
			return delayWhen_1.delayWhen;
		}
	});
	var dematerialize_1 = require_dematerialize();
	Object.defineProperty(exports, "dematerialize", {
		enumerable: true,
		get: function() {
			return dematerialize_1.dematerialize;
		}
	});
	var distinct_1 = require_distinct();
	Object.defineProperty(exports, "distinct", {
		enumerable: true,
		get: function() {
			return distinct_1.distinct;
		}
	});
	var distinctUntilChanged_1 = require_distinctUntilChanged();
	Object.defineProperty(exports, "distinctUntilChanged", {
		enumerable: true,
		get: function() {
			return distinctUntilChanged_1.distinctUntilChanged;
		}
	});
	var distinctUntilKeyChanged_1 = require_distinctUntilKeyChanged();
	Object.defineProperty(exports, "distinctUntilKeyChanged", {
		enumerable: true,
		get: function() {
			return distinctUntilKeyChanged_1.distinctUntilKeyChanged;
		}
	});
	var elementAt_1 = require_elementAt();
	Object.defineProperty(exports, "elementAt", {
		enumerable: true,
		get: function() {
			return elementAt_1.elementAt;
		}
	});
	var endWith_1 = require_endWith();
	Object.defineProperty(exports, "endWith", {
		enumerable: true,
		get: function() {
			return endWith_1.endWith;
		}
	});
	var every_1 = require_every();
	Object.defineProperty(exports, "every", {
		enumerable: true,
		get: function() {
			return every_1.every;
		}
	});
	var exhaust_1 = require_exhaust();
	Object.defineProperty(exports, "exhaust", {
		enumerable: true,
		get: function() {
			return exhaust_1.exhaust;
		}
	});
	var exhaustAll_1 = require_exhaustAll();
	Object.defineProperty(exports, "exhaustAll", {
		enumerable: true,
		get: function() {
			return exhaustAll_1.exhaustAll;
		}
	});
	var exhaustMap_1 = require_exhaustMap();
	Object.defineProperty(exports, "exhaustMap", {
		enumerable: true,
		get: function() {
			return exhaustMap_1.exhaustMap;
		}
	});
	var expand_1 = require_expand();
	Object.defineProperty(exports, "expand", {
		enumerable: true,
		get: function() {
			return expand_1.expand;
		}
	});
	var filter_1 = require_filter();
	Object.defineProperty(exports, "filter", {
		enumerable: true,
		get: function() {
			return filter_1.filter;
		}
	});
	var finalize_1 = require_finalize();
	Object.defineProperty(exports, "finalize", {
		enumerable: true,
		get: function() {
			return finalize_1.finalize;
		}
	});
	var find_1 = require_find();
	Object.defineProperty(exports, "find", {
		enumerable: true,
		get: function() {
			return find_1.find;
		}
	});
	var findIndex_1 = require_findIndex();
	Object.defineProperty(exports, "findIndex", {
		enumerable: true,
		get: function() {
			return findIndex_1.findIndex;
		}
	});
	var first_1 = require_first();
	Object.defineProperty(exports, "first", {
		enumerable: true,
		get: function() {
			return first_1.first;
		}
	});
	var groupBy_1 = require_groupBy();
	Object.defineProperty(exports, "groupBy", {
		enumerable: true,
		get: function() {
			return groupBy_1.groupBy;
		}
	});
	var ignoreElements_1 = require_ignoreElements();
	Object.defineProperty(exports, "ignoreElements", {
		enumerable: true,
		get: function() {
			return ignoreElements_1.ignoreElements;
		}
	});
	var isEmpty_1 = require_isEmpty();
	Object.defineProperty(exports, "isEmpty", {
		enumerable: true,
		get: function() {
			return isEmpty_1.isEmpty;
		}
	});
	var last_1 = require_last();
	Object.defineProperty(exports, "last", {
		enumerable: true,
		get: function() {
			return last_1.last;
		}
	});
	var map_1 = require_map();
	Object.defineProperty(exports, "map", {
		enumerable: true,
		get: function() {
			return map_1.map;
		}
	});
	var mapTo_1 = require_mapTo();
	Object.defineProperty(exports, "mapTo", {
		enumerable: true,
		get: function() {
			return mapTo_1.mapTo;
		}
	});
	var materialize_1 = require_materialize();
	Object.defineProperty(exports, "materialize", {
		enumerable: true,
		get: function() {
			return materialize_1.materialize;
		}
	});
	var max_1 = require_max();
	Object.defineProperty(exports, "max", {
		enumerable: true,
		get: function() {
			return max_1.max;
		}
	});
	var mergeAll_1 = require_mergeAll();
	Object.defineProperty(exports, "mergeAll", {
		enumerable: true,
		get: function() {
			return mergeAll_1.mergeAll;
		}
	});
	var flatMap_1 = require_flatMap();
	Object.defineProperty(exports, "flatMap", {
		enumerable: true,
		get: function() {
			return flatMap_1.flatMap;
		}
	});
	var mergeMap_1 = require_mergeMap();
	Object.defineProperty(exports, "mergeMap", {
		enumerable: true,
		get: function() {
			return mergeMap_1.mergeMap;
		}
	});
	var mergeMapTo_1 = require_mergeMapTo();
	Object.defineProperty(exports, "mergeMapTo", {
		enumerable: true,
		get: function() {
			return mergeMapTo_1.mergeMapTo;
		}
	});
	var mergeScan_1 = require_mergeScan();
	Object.defineProperty(exports, "mergeScan", {
		enumerable: true,
		get: function() {
			return mergeScan_1.mergeScan;
		}
	});
	var mergeWith_1 = require_mergeWith();
	Object.defineProperty(exports, "mergeWith", {
		enumerable: true,
		get: function() {
			return mergeWith_1.mergeWith;
		}
	});
	var min_1 = require_min();
	Object.defineProperty(exports, "min", {
		enumerable: true,
		get: function() {
			return min_1.min;
		}
	});
	var multicast_1 = require_multicast();
	Object.defineProperty(exports, "multicast", {
		enumerable: true,
		get: function() {
			return multicast_1.multicast;
		}
	});
	var observeOn_1 = require_observeOn();
	Object.defineProperty(exports, "observeOn", {
		enumerable: true,
		get: function() {
			return observeOn_1.observeOn;
		}
	});
	var onErrorResumeNextWith_1 = require_onErrorResumeNextWith();
	Object.defineProperty(exports, "onErrorResumeNextWith", {
		enumerable: true,
		get: function() {
			return onErrorResumeNextWith_1.onErrorResumeNextWith;
		}
	});
	var pairwise_1 = require_pairwise();
	Object.defineProperty(exports, "pairwise", {
		enumerable: true,
		get: function() {
			return pairwise_1.pairwise;
		}
	});
	var pluck_1 = require_pluck();
	Object.defineProperty(exports, "pluck", {
		enumerable: true,
		get: function() {
			return pluck_1.pluck;
		}
	});
	var publish_1 = require_publish();
	Object.defineProperty(exports, "publish", {
		enumerable: true,
		get: function() {
			return publish_1.publish;
		}
	});
	var publishBehavior_1 = require_publishBehavior();
	Object.defineProperty(exports, "publishBehavior", {
		enumerable: true,
		get: function() {
			return publishBehavior_1.publishBehavior;
		}
	});
	var publishLast_1 = require_publishLast();
	Object.defineProperty(exports, "publishLast", {
		enumerable: true,
		get: function() {
			return publishLast_1.publishLast;
		}
	});
	var publishReplay_1 = require_publishReplay();
	Object.defineProperty(exports, "publishReplay", {
		enumerable: true,
		get: function() {
			return publishReplay_1.publishReplay;
		}
	});
	var raceWith_1 = require_raceWith();
	Object.defineProperty(exports, "raceWith", {
		enumerable: true,
		get: function() {
			return raceWith_1.raceWith;
		}
	});
	var reduce_1 = require_reduce();
	Object.defineProperty(exports, "reduce", {
		enumerable: true,
		get: function() {
			return reduce_1.reduce;
		}
	});
	var repeat_1 = require_repeat();
	Object.defineProperty(exports, "repeat", {
		enumerable: true,
		get: function() {
			return repeat_1.repeat;
		}
	});
	var repeatWhen_1 = require_repeatWhen();
	Object.defineProperty(exports, "repeatWhen", {
		enumerable: true,
		get: function() {
			return repeatWhen_1.repeatWhen;
		}
	});
	var retry_1 = require_retry();
	Object.defineProperty(exports, "retry", {
		enumerable: true,
		get: function() {
			return retry_1.retry;
		}
	});
	var retryWhen_1 = require_retryWhen();
	Object.defineProperty(exports, "retryWhen", {
		enumerable: true,
		get: function() {
			return retryWhen_1.retryWhen;
		}
	});
	var refCount_1 = require_refCount();
	Object.defineProperty(exports, "refCount", {
		enumerable: true,
		get: function() {
			return refCount_1.refCount;
		}
	});
	var sample_1 = require_sample();
	Object.defineProperty(exports, "sample", {
		enumerable: true,
		get: function() {
			return sample_1.sample;
		}
	});
	var sampleTime_1 = require_sampleTime();
	Object.defineProperty(exports, "sampleTime", {
		enumerable: true,
		get: function() {
			return sampleTime_1.sampleTime;
		}
	});
	var scan_1 = require_scan();
	Object.defineProperty(exports, "scan", {
		enumerable: true,
		get: function() {
			return scan_1.scan;
		}
	});
	var sequenceEqual_1 = require_sequenceEqual();
	Object.defineProperty(exports, "sequenceEqual", {
		enumerable: true,
		get: function() {
			return sequenceEqual_1.sequenceEqual;
		}
	});
	var share_1 = require_share();
	Object.defineProperty(exports, "share", {
		enumerable: true,
		get: function() {
			return share_1.share;
		}
	});
	var shareReplay_1 = require_shareReplay();
	Object.defineProperty(exports, "shareReplay", {
		enumerable: true,
		get: function() {
			return shareReplay_1.shareReplay;
		}
	});
	var single_1 = require_single();
	Object.defineProperty(exports, "single", {
		enumerable: true,
		get: function() {
			return single_1.single;
		}
	});
	var skip_1 = require_skip();
	Object.defineProperty(exports, "skip", {
		enumerable: true,
		get: function() {
			return skip_1.skip;
		}
	});
	var skipLast_1 = require_skipLast();
	Object.defineProperty(exports, "skipLast", {
		enumerable: true,
		get: function() {
			return skipLast_1.skipLast;
		}
	});
	var skipUntil_1 = require_skipUntil();
	Object.defineProperty(exports, "skipUntil", {
		enumerable: true,
		get: function() {
			return skipUntil_1.skipUntil;
		}
	});
	var skipWhile_1 = require_skipWhile();
	Object.defineProperty(exports, "skipWhile", {
		enumerable: true,
		get: function() {
			return skipWhile_1.skipWhile;
		}
	});
	var startWith_1 = require_startWith();
	Object.defineProperty(exports, "startWith", {
		enumerable: true,
		get: function() {
			return startWith_1.startWith;
		}
	});
	var subscribeOn_1 = require_subscribeOn();
	Object.defineProperty(exports, "subscribeOn", {
		enumerable: true,
		get: function() {
			return subscribeOn_1.subscribeOn;
		}
	});
	var switchAll_1 = require_switchAll();
	Object.defineProperty(exports, "switchAll", {
		enumerable: true,
		get: function() {
			return switchAll_1.switchAll;
		}
	});
	var switchMap_1 = require_switchMap();
	Object.defineProperty(exports, "switchMap", {
		enumerable: true,
		get: function() {
			return switchMap_1.switchMap;
		}
	});
	var switchMapTo_1 = require_switchMapTo();
	Object.defineProperty(exports, "switchMapTo", {
		enumerable: true,
		get: function() {
			return switchMapTo_1.switchMapTo;
		}
	});
	var switchScan_1 = require_switchScan();
	Object.defineProperty(exports, "switchScan", {
		enumerable: true,
		get: function() {
			return switchScan_1.switchScan;
		}
	});
	var take_1 = require_take();
	Object.defineProperty(exports, "take", {
		enumerable: true,
		get: function() {
			return take_1.take;
		}
	});
	var takeLast_1 = require_takeLast();
	Object.defineProperty(exports, "takeLast", {
		enumerable: true,
		get: function() {
			return takeLast_1.takeLast;
		}
	});
	var takeUntil_1 = require_takeUntil();
	Object.defineProperty(exports, "takeUntil", {
		enumerable: true,
		get: function() {
			return takeUntil_1.takeUntil;
		}
	});
	var takeWhile_1 = require_takeWhile();
	Object.defineProperty(exports, "takeWhile", {
		enumerable: true,
		get: function() {
			return takeWhile_1.takeWhile;
		}
	});
	var tap_1 = require_tap();
	Object.defineProperty(exports, "tap", {
		enumerable: true,
		get: function() {
			return tap_1.tap;
		}
	});
	var throttle_1 = require_throttle();
	Object.defineProperty(exports, "throttle", {
		enumerable: true,
		get: function() {
			return throttle_1.throttle;
		}
	});
	var throttleTime_1 = require_throttleTime();
	Object.defineProperty(exports, "throttleTime", {
		enumerable: true,
		get: function() {
			return throttleTime_1.throttleTime;
		}
	});
	var throwIfEmpty_1 = require_throwIfEmpty();
	Object.defineProperty(exports, "throwIfEmpty", {
		enumerable: true,
		get: function() {
			return throwIfEmpty_1.throwIfEmpty;
		}
	});
	var timeInterval_1 = require_timeInterval();
	Object.defineProperty(exports, "timeInterval", {
		enumerable: true,
		get: function() {
			return timeInterval_1.timeInterval;
		}
	});
	var timeout_2 = require_timeout();
	Object.defineProperty(exports, "timeout", {
		enumerable: true,
		get: function() {
			return timeout_2.timeout;
		}
	});
	var timeoutWith_1 = require_timeoutWith();
	Object.defineProperty(exports, "timeoutWith", {
		enumerable: true,
		get: function() {
			return timeoutWith_1.timeoutWith;
		}
	});
	var timestamp_1 = require_timestamp();
	Object.defineProperty(exports, "timestamp", {
		enumerable: true,
		get: function() {
			return timestamp_1.timestamp;
		}
	});
	var toArray_1 = require_toArray();
	Object.defineProperty(exports, "toArray", {
		enumerable: true,
		get: function() {
			return toArray_1.toArray;
		}
	});
	var window_1 = require_window();
	Object.defineProperty(exports, "window", {
		enumerable: true,
		get: function() {
			return window_1.window;
		}
	});
	var windowCount_1 = require_windowCount();
	Object.defineProperty(exports, "windowCount", {
		enumerable: true,
		get: function() {
			return windowCount_1.windowCount;
		}
	});
	var windowTime_1 = require_windowTime();
	Object.defineProperty(exports, "windowTime", {
		enumerable: true,
		get: function() {
			return windowTime_1.windowTime;
		}
	});
	var windowToggle_1 = require_windowToggle();
	Object.defineProperty(exports, "windowToggle", {
		enumerable: true,
		get: function() {
			return windowToggle_1.windowToggle;
		}
	});
	var windowWhen_1 = require_windowWhen();
	Object.defineProperty(exports, "windowWhen", {
		enumerable: true,
		get: function() {
			return windowWhen_1.windowWhen;
		}
	});
	var withLatestFrom_1 = require_withLatestFrom();
	Object.defineProperty(exports, "withLatestFrom", {
		enumerable: true,
		get: function() {
			return withLatestFrom_1.withLatestFrom;
		}
	});
	var zipAll_1 = require_zipAll();
	Object.defineProperty(exports, "zipAll", {
		enumerable: true,
		get: function() {
			return zipAll_1.zipAll;
		}
	});
	var zipWith_1 = require_zipWith();
	Object.defineProperty(exports, "zipWith", {
		enumerable: true,
		get: function() {
			return zipWith_1.zipWith;
		}
	});
})))();
/**
* How the data plane learns that a user is to be forgotten: by a record of the event log in the user's partition, of a type
* that only the engine may write. Being in the log it has a place among the user's events: what came before it is forgotten, in
* every replay, and what comes after is learnt anew.
*/
/** `type` of the record; its `user` is the one who is forgotten. */
const eraseType = "millrace.erase";
// contracts/shallow.ts
/** A schema that first looks how deep a value nests: so that no input can exhaust the stack of what reads it. */
/** Whether objects and arrays nest at most `depthMax` deep: `{"a":1}` has depth 1. Walks without recursion. */
function isShallow(value, depthMax) {
	let level = [value];
	for (let depth = 0; level.length > 0; depth += 1) {
		const containers = level.filter((each) => typeof each === "object" && each !== null);
		if (containers.length > 0 && depth >= depthMax) return false;
		level = containers.flatMap((each) => Object.values(each));
	}
	return true;
}
/**
* The schema, behind a check that the value nests at most `depthMax` deep.
*
* @param description for the documentation of what is sent, which knows of the check only
*/
function shallow(schema, depthMax, description) {
	const error = `expected at most ${depthMax} levels`;
	return unknown().refine((value) => isShallow(value, depthMax), { error }).meta({ description }).pipe(schema);
}
/** Most values of one `in`. */
const conditionValuesMax = 1e3;
const Scalar = union([
	string().max(256),
	number(),
	boolean()
]);
/** Name of an attribute, or of an event's field: `type`, `item`, `value`, `context.course`. */
const FieldName = string().regex(/^[^\s.]+(\.[^\s.]+)*$/, "expected a name, or names joined by dots").max(256);
/** Exactly one comparison. `above` and `below` leave out the bound itself, `atLeast` and `atMost` take it in. */
const Comparison = union([
	strictObject({
		field: FieldName,
		is: Scalar
	}),
	strictObject({
		field: FieldName,
		in: array(Scalar).min(1).max(conditionValuesMax)
	}),
	strictObject({
		field: FieldName,
		above: number()
	}),
	strictObject({
		field: FieldName,
		atLeast: number()
	}),
	strictObject({
		field: FieldName,
		below: number()
	}),
	strictObject({
		field: FieldName,
		atMost: number()
	}),
	strictObject({
		field: FieldName,
		exists: boolean()
	})
]);
const branches = lazy(() => array(Node).max(100));
const Node = union([
	Comparison,
	strictObject({ all: branches }),
	strictObject({ any: branches }),
	strictObject({ not: lazy(() => Node) })
], { error: "expected { field, and one of is, in, above, atLeast, below, atMost, exists }, or { all: [ … ] }, { any: [ … ] }, { not: … }" });
/** `all` of nothing holds always, `any` of nothing never. */
const Condition = shallow(Node, 12, "One of { field, is | in | above | atLeast | below | atMost | exists }, { all: [conditions] }, { any: [conditions] }, { not: condition }.");
/** Names of all fields that a condition reads. */
function fieldsOf(condition) {
	if ("all" in condition) return condition.all.flatMap(fieldsOf);
	if ("any" in condition) return condition.any.flatMap(fieldsOf);
	return "not" in condition ? fieldsOf(condition.not) : [condition.field];
}
// contracts/experimentMetric.ts
/**
* What an experiment measures: one number for each unit, taken once, at a fixed age after its first exposure.
*
* The age is the conversion window. Scoring at a fixed age keeps the tests valid when one variant's outcomes come later
* than another's; scoring as outcomes arrive does not (Lindon & Kallus 2026).
*/
/** Key of a metric, an experiment or a variant: part of addresses and of stored rows. */
const Key = string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, "expected at most 100 letters, digits, _, . and -, the first a letter or digit");
const metricKinds = [
	"binary",
	"continuous",
	"count",
	"ratio",
	"quantile"
];
/** Shortest and longest conversion window: a second, a year. */
const windowMsRange = [1e3, 316224e5];
/** What a filter may read of an event: these, and `context.…`. */
const eventFields = [
	"type",
	"item",
	"session",
	"decision",
	"value"
];
const Figure$2 = number().min(-0x38d7ea4c68000).max(figureMax);
/** A misspelt field would never be there, and the metric silently zero. */
const EventFilter = Condition.superRefine((condition, context) => {
	const known = eventFields;
	const strange = fieldsOf(condition).find((field) => !known.includes(field) && !field.startsWith("context."));
	if (strange === void 0) return;
	const message = `expected fields among ${known.join(", ")} and context.…, got "${strange}"`;
	context.addIssue({
		code: "custom",
		message
	});
});
/** From the unit's events within the window to one number. */
const Measure = discriminatedUnion("of", [
	strictObject({ of: literal("existence") }),
	strictObject({ of: literal("count") }),
	strictObject({
		of: literal("value"),
		field: FieldName.regex(/^(value|context\..+)$/, "expected value or context.…").default("value"),
		combine: _enum([
			"sum",
			"mean",
			"least",
			"largest",
			"first",
			"last"
		]).default("sum")
	})
]);
/** Least and largest value; what lies beyond counts as the bound. */
const Cap = tuple([Figure$2, Figure$2]).refine(([least, largest]) => least < largest, "expected [least, largest] with least < largest");
const ExperimentMetric = strictObject({
	key: Key,
	name: string().min(1).max(256),
	description: string().max(4096).default(""),
	kind: _enum(metricKinds),
	/** Which events count. */
	filter: EventFilter,
	measure: Measure,
	/** Of a ratio: the unit's number is its numerator (`measure`), this its denominator. */
	denominator: strictObject({
		filter: EventFilter,
		measure: Measure
	}).optional(),
	/** See {@link capOf}. */
	cap: Cap.optional(),
	/** The age after its first exposure at which a unit is scored, in ms. */
	windowMs: number().int().min(windowMsRange[0]).max(windowMsRange[1]),
	/** What a unit scores that had no event of the filter within the window. */
	absent: Figure$2.default(0),
	/** Which change is good. */
	direction: _enum(["increase", "decrease"]).default("increase"),
	/** Of a quantile: which one, in (0, 1). */
	level: number().gt(0).lt(1).optional()
}).superRefine((metric, context) => {
	const expect = (path, holds, message) => {
		if (!holds) context.addIssue({
			code: "custom",
			path: [path],
			message
		});
	};
	const { kind, measure, absent } = metric;
	expect("cap", !(kind === "continuous" || kind === "count" || kind === "ratio") || metric.cap !== void 0, `expected [least, largest]: the exact test of a ${kind} metric needs bounds; values beyond count as the bound`);
	expect("measure", kind === "count" ? measure.of === "count" : true, "expected { \"of\": \"count\" } for a count metric");
	expect("measure", kind === "binary" ? measure.of !== "count" : true, "expected existence or a value of 0 or 1 for a binary metric");
	const isRatio = kind === "ratio";
	expect("denominator", isRatio === (metric.denominator !== void 0), isRatio ? "expected what a ratio metric is divided by" : `not expected for a ${kind} metric, only for a ratio`);
	const isQuantile = kind === "quantile";
	expect("level", isQuantile === (metric.level !== void 0), isQuantile ? "expected in (0, 1): which quantile is compared" : `not expected for a ${kind} metric, only for a quantile`);
	const [least, largest] = capOf(metric) ?? [-Infinity, Infinity];
	expect("absent", absent >= least && absent <= largest, `expected in [${least}, ${largest}], the cap`);
});
/**
* Bounds of a unit's number: what is given, [0, 1] for a binary metric; undefined for a quantile without any, which is
* tested on ranks and needs none. A ratio's bounds are those of its numerator.
*/
function capOf(metric) {
	return metric.cap ?? (metric.kind === "binary" ? [0, 1] : void 0);
}
/** Fields of an exposure that say what was assigned. */
const assigned = /^context\.(experiment|variant|probability|stage|unit|segments)$/;
const Covariates = array(discriminatedUnion("of", [strictObject({
	of: literal("past"),
	metric: Key.optional()
}), strictObject({
	of: literal("exposure"),
	field: FieldName.regex(/^context\..+$/, "expected context.…").refine((field) => !assigned.test(field), "expected what is known of the unit, not what was assigned to it"),
	/** What lies beyond counts as the bound. */
	cap: Cap
})])).min(1).max(5);
// contracts/definitionState.ts
/** The life of a definition, an experiment or a policy. Without schemas: pages that only show need no more. */
const definitionStates = [
	"draft",
	"running",
	"paused",
	"stopped",
	"archived"
];
// contracts/effectPrior.ts
/** What is believed of a metric before the experiment, for the Bayesian reading: of the control's mean, and of the effect. */
const Figure$1 = number().min(-0x38d7ea4c68000).max(figureMax);
const Positive = number().gt(0).max(figureMax);
const EffectPrior = strictObject({
	/** The control's mean, and how many units this belief counts for. Absent: any mean is as likely as another. */
	baseline: strictObject({
		mean: Figure$1,
		units: Positive
	}).optional(),
	/** The effect, normal, in the metric's unit. Absent: any effect is as likely as another. */
	effect: strictObject({
		mean: Figure$1.default(0),
		deviation: Positive
	}).optional()
});
// contracts/hashFamily.ts
/**
* Which hash decides over a unit: the engine's own, or that of another platform, so that an experiment can move here
* without any unit changing its variant.
*
* Each family's parameters are those with which the other platform was configured. The experiment's `salt` is, in
* their words: GrowthBook's seed (by default the experiment's key), Statsig's salt of the experiment, Eppo's name in
* its default salts, Unleash's group id, PostHog's key of the flag.
*/
const Salt = string().max(256);
const HashFamily = discriminatedUnion("family", [
	strictObject({ family: literal("millrace") }),
	strictObject({
		family: literal("growthbook"),
		/** 1: one FNV-1a, thousandths; 2: twice, ten-thousandths. */
		version: union([literal(1), literal(2)]),
		/** Share of a namespace, half-open [from, to): units outside are not in the experiment. */
		namespace: strictObject({
			name: string().min(1).max(256),
			from: number().min(0).max(1),
			to: number().min(0).max(1)
		}).optional()
	}),
	strictObject({
		family: literal("statsig"),
		/** Salt (else the id) of the rule whose pass percentage is the traffic. */
		ruleSalt: Salt
	}),
	strictObject({
		family: literal("eppo"),
		/** Salt of the shards that decide over traffic; by default `traffic-<salt>`. */
		trafficSalt: Salt.optional(),
		/** Salt of the shards that decide over the variant; by default `split-<salt>`. */
		splitSalt: Salt.optional()
	}).refine(({ trafficSalt, splitSalt }) => trafficSalt === void 0 || trafficSalt !== splitSalt, "expected two salts: with one, who enters and what they get would be one draw"),
	strictObject({
		family: literal("unleash"),
		/** Seed of the variant's hash: 86028157 in client specification 5 and later, 0 before. */
		variantSeed: union([literal(86028157), literal(0)]).default(86028157),
		/** Sum of the variants' weights there: 1000, in old installations 100 or any other. */
		weightTotal: number().int().min(2).max(1e4).default(1e3)
	}),
	strictObject({ family: literal("posthog") })
]);
// contracts/experiment.ts
/**
* An experiment: who is in it, what they get, what is measured, and the stages through which it went.
*
* `variants[].weight` and `traffic` are what is wanted now; `stages` is what was in force when: the engine appends to it and
* never changes it, because each exposure is analysed with the probabilities of its own stage.
*/
/** Buckets into which a layer divides its units. */
const layerBuckets = 1e6;
const Share$1 = number().min(0).max(1);
const Text$1 = string().max(4096);
const Name$1 = string().min(1).max(256);
/** ms since 1970-01-01 UTC. */
const Instant$1 = number().int().min(eventTimeMin);
const Variant = strictObject({
	key: Key,
	name: Name$1,
	/** Probability of this variant for a unit that enters now. */
	weight: Share$1,
	/** What a flag of this variant evaluates to: any JSON. */
	payload: shallow(json(), 16, "Any JSON.").optional()
});
/** Weights and traffic in force from `startAt` until the next stage. */
const Stage = strictObject({
	/** 1, 2, 3 … */
	number: number().int().min(1),
	startAt: Instant$1,
	traffic: Share$1,
	/** In the order of the variants. A variant that came later has none. */
	weights: array(Share$1).min(1).max(20)
});
/** The buckets [from, to) of a layer: experiments of one layer with disjoint slices share no unit. */
const LayerSlice = strictObject({
	name: Key,
	from: number().int().min(0).max(layerBuckets),
	to: number().int().min(0).max(layerBuckets)
}).refine(({ from, to }) => from < to, `expected buckets [from, to) of ${layerBuckets}, from < to`);
/** A share of the units that is kept out of all experiments which name it. */
const Holdout = strictObject({
	name: Key,
	share: number().gt(0).lt(1)
});
const metricRoles = [
	"primary",
	"secondary",
	"guardrail"
];
/** What is expected of a metric without the treatment. A wrong one costs power, never validity. */
const Baseline = strictObject({
	/** Of a unit, in the metric's unit: of a binary metric its share. */
	mean: number(),
	/** Standard deviation between units; of a binary metric it follows from the mean. */
	deviation: number().gt(0).optional(),
	/** Units that the expectation counts as much as. */
	units: number().min(1).max(1e6).default(100)
});
/** A metric as an experiment uses it. */
const MetricUse = strictObject({
	metric: Key,
	role: _enum(metricRoles),
	/** For the bets of the test. */
	baseline: Baseline.optional(),
	/** What explains a part of its outcomes: the effect is told adjusted by it, too. */
	covariates: Covariates.optional(),
	/** For the Bayesian reading. */
	prior: EffectPrior.optional()
});
const Decision = strictObject({
	verdict: _enum([
		"ship",
		"stop",
		"invalid"
	]),
	/** The variant that is served from now on to everyone, for `ship`. */
	variant: Key.nullable(),
	reason: Text$1,
	at: Instant$1
});
/** Something that happened, at its time. */
const Annotation = strictObject({
	at: Instant$1,
	text: Text$1
});
const Experiment = strictObject({
	key: Key,
	name: Name$1,
	hypothesis: Text$1.default(""),
	/** What is assigned: each `user`, or whole clusters by the value of an attribute, such as `class` or `school`. */
	unit: FieldName.default("user"),
	/** Names the randomness; by default the key. */
	salt: string().min(1).max(256).optional(),
	hash: HashFamily.default({ family: "millrace" }),
	variants: array(Variant).max(20),
	/** Key of the variant with which the others are compared. */
	control: Key,
	/** Share of the units that enter. */
	traffic: Share$1.default(1),
	layer: LayerSlice.optional(),
	holdouts: array(Holdout).max(10).default([]),
	/** Who can enter: a condition over the unit's attributes. */
	targeting: Condition.default({ all: [] }),
	/** Attributes by whose values effects are shown apart, beside the whole. */
	segments: array(FieldName).max(5).default([]),
	/** Whether a unit keeps its first variant when weights change: see `models/assignment/assign.ts`. */
	sticky: boolean().default(true),
	metrics: array(MetricUse).max(50),
	/** Smallest difference in the primary metric that would matter, in its unit. */
	minimumEffect: number().gt(0),
	/** Clusters that are expected in all, where clusters are assigned: with so many the test sees the most. */
	plannedClusters: number().int().min(4).max(1e6).optional(),
	/** Days after its first member on which further ones belong to a cluster; by default 7. */
	gatherDays: number().int().min(0).max(90).optional(),
	/** Probability with which a false effect may ever be declared. */
	alpha: number().gt(0).lte(.5).default(.05),
	state: _enum(definitionStates).default("draft"),
	stages: array(Stage).max(1e3).default([]),
	/** What happened meanwhile, for whoever reads its charts. */
	annotations: array(Annotation).max(1e3).default([]),
	decision: Decision.nullable().default(null),
	/**
	* Why the engine has paused it: until somebody resumes it, no effect can be believed. Written by the engine alone.
	*/
	hold: strictObject({
		at: Instant$1,
		sentence: Text$1
	}).nullable().default(null)
});
// contracts/experimentRecord.ts
/** An experiment as it goes into the log: with the definitions of its metrics. */
/** `type` of the record. Only the engine writes such records; the door refuses them. */
const definitionType = "millrace.experiment";
strictObject({
	/** 1, 2, 3 …: an older one than is known changes nothing. */
	revision: number().int().min(1),
	experiment: Experiment,
	/** Definitions of its metrics. */
	metrics: array(ExperimentMetric)
});
/**
* What happens where a field is absent, NaN or of another type. `refuse`: an error. `indicate`: a feature of its own is 1
* and the field's are 0. `zero`: the field's are 0, as if it had its centre, or none of the values.
*/
const Missing = _enum([
	"refuse",
	"indicate",
	"zero"
]).default("indicate").describe("what an absent, NaN or unfit value is: an error, a feature of its own, or 0");
const Feature = discriminatedUnion("kind", [strictObject({
	kind: literal("numeric"),
	field: FieldName,
	centre: number().default(0).describe("value that becomes 0"),
	scale: number().gt(0).default(1).describe("distance from the centre that becomes 1"),
	clip: number().gt(0).max(1e6).default(5).describe("largest size afterwards"),
	missing: Missing
}), strictObject({
	kind: literal("categorical"),
	field: FieldName,
	buckets: number().int().min(1).max(128).default(8).describe("numbers into which values are hashed, each into three of them, with signs"),
	missing: Missing
})]);
/** Numbers that a feature takes. */
function widthOf(feature) {
	const indicator = feature.missing === "indicate" ? 1 : 0;
	return (feature.kind === "numeric" ? 1 : feature.buckets) + indicator;
}
const FeatureSet = strictObject({
	bias: boolean().default(true).describe("a first feature that is always 1"),
	features: array(Feature).max(256).default([])
}).refine(({ features }) => new Set(features.map(({ field }) => field)).size === features.length, { error: "features: expected each field once" }).refine((set) => sizeOf(set) >= 1 && sizeOf(set) <= 256, { error: `features: expected 1 to 256 numbers in all` });
/** Numbers of the whole vector. */
function sizeOf({ bias, features }) {
	return features.reduce((sum, feature) => sum + widthOf(feature), bias ? 1 : 0);
}
const Share = number().min(0).max(1);
const Text = string().max(4096);
const Name = string().min(1).max(256);
const Figure = number().min(-0x38d7ea4c68000).max(figureMax);
/** ms since 1970-01-01 UTC. */
const Instant = number().int().min(eventTimeMin);
const Action = strictObject({
	key: Key,
	name: Name,
	traits: record(FieldName, union([
		Name,
		Figure,
		boolean()
	])).refine((traits) => Object.keys(traits).length <= 64, `expected at most 64`).default({}),
	/** What the application gets with it: any JSON. */
	payload: shallow(json(), 16, "Any JSON.").optional(),
	/** false: switched off, nobody gets it; what it has earned stays known. */
	offered: boolean().default(true),
	/** Who may get it: a condition over the decision's attributes. */
	eligible: Condition.default({ all: [] }),
	/** At most so often for one user within a time. */
	cap: strictObject({
		times: number().int().min(1).max(1e3),
		withinMs: number().int().min(windowMsRange[0]).max(windowMsRange[1])
	}).optional()
});
const Reward = strictObject({
	/** The first that holds counts. */
	rules: array(strictObject({
		/** Which events; they belong to a decision by their field `decision`, or as `match` says. */
		filter: EventFilter,
		/**
		* To which decision an event belongs that names none: `decision` to none, `item` to the user's latest whose action is the
		* event's item, `user` to the user's latest.
		*/
		match: _enum([
			"decision",
			"item",
			"user"
		]).default("decision"),
		/** The reward: a number, or the event's `value` by a straight line. */
		value: union([Figure, strictObject({
			times: Figure.default(1),
			plus: Figure.default(0)
		})]).default({
			times: 1,
			plus: 0
		})
	})).min(1).max(20).default([{
		filter: {
			field: "type",
			is: "outcome"
		},
		match: "decision",
		value: {
			times: 1,
			plus: 0
		}
	}]),
	/** Of several events of one decision. */
	combine: _enum([
		"first",
		"last",
		"sum",
		"largest"
	]).default("first"),
	/** Least and largest reward of a decision; one beyond is refused, not learnt from. */
	bounds: tuple([Figure, Figure]).refine(([least, largest]) => least < largest, "expected [least, largest] with least < largest").default([0, 1]),
	/** How long after the decision an event may come and still count, ms. */
	horizonMs: number().int().min(windowMsRange[0]).max(windowMsRange[1]).default(36e5),
	/**
	* The reward of a decision to which nothing came within the horizon; it is learnt at the end of it. null: nothing is learnt of
	* such a decision.
	*/
	absent: Figure.nullable().default(null)
});
const Named = {
	name: Key,
	parameters: record(string(), unknown()).default({})
};
/** How is chosen: an algorithm of `models/policies/registry.ts`, and by which learner of `models/rewards/registry.ts`. */
const Algorithm = strictObject({
	...Named,
	/** By default the algorithm's usual one; an algorithm that learns nothing has none. */
	learner: strictObject(Named).optional()
});
/** What was in force since when; appended to by the engine: decisions carry its number. */
const PolicyStage = strictObject({
	/** 1, 2, 3 … */
	number: number().int().min(1),
	startAt: Instant,
	/** What began with it, in a sentence. */
	change: Text
});
const Policy = strictObject({
	key: Key,
	name: Name,
	/** What it is for. */
	purpose: Text.default(""),
	algorithm: Algorithm,
	actions: array(Action).max(200),
	/** Whether a request may bring actions of its own, with traits; they are learnt by their traits alone. */
	open: boolean().default(false),
	/** Of the decision's attributes; `preference.topic.sports` is the user's learnt affinity for a value. */
	context: FeatureSet.prefault({}),
	/** Of an action's traits; `preference.topic` is the user's learnt affinity for the value that the action has there. */
	traits: FeatureSet.prefault({}),
	reward: Reward.prefault({}),
	/** Least probability of an eligible action, times the number of them: 0.1 among 5 actions is at least 0.02 each. */
	floor: Share.default(.05),
	/** Share of the users that get the control, whatever was learnt: by it the policy's worth is known. */
	holdout: number().min(0).lt(1).default(.1),
	/** Key of the action that the held-out get; null, or where it is not eligible: each with equal probability. */
	control: Key.nullable().default(null),
	/** Everybody whom the condition admits gets this action. */
	pins: array(strictObject({
		if: Condition,
		action: Key
	})).max(20).default([]),
	/** Attributes by whose values the dashboard shows what actions earn. */
	segments: array(FieldName).max(5).default([]),
	state: _enum(definitionStates).default("draft"),
	stages: array(PolicyStage).max(1e3).default([])
}).superRefine(({ actions, control, pins, open }, context) => {
	const keys = /* @__PURE__ */ new Set();
	for (const [i, { key }] of actions.entries()) {
		if (keys.has(key)) context.addIssue({
			code: "custom",
			path: [
				"actions",
				i,
				"key"
			],
			message: `expected keys that differ, got "${key}" twice`
		});
		keys.add(key);
	}
	const known = (path, key) => {
		if (keys.has(key)) return;
		context.addIssue({
			code: "custom",
			path,
			message: `expected the key of one of the actions, got "${key}"`
		});
	};
	if (control !== null) known(["control"], control);
	for (const [i, { action }] of pins.entries()) known([
		"pins",
		i,
		"action"
	], action);
	if (actions.length === 0 && !open) context.addIssue({
		code: "custom",
		path: ["actions"],
		message: "expected at least one action, or open: true"
	});
});
// contracts/policyRecord.ts
/** A policy as it goes into the log. */
/** `type` of the record. Only the engine writes such records; the door refuses them. */
const policyType = "millrace.policy";
strictObject({
	/** 1, 2, 3 …: an older one than is known changes nothing. */
	revision: number().int().min(1),
	policy: Policy
});
const ownTypeNames = Object.keys({
	[definitionType]: "define experiments in the dashboard or by POST /v1/experiments",
	[policyType]: "define policies in the dashboard or by POST /v1/policies",
	[eraseType]: "erase a user by DELETE /v1/users/:id"
});
// contracts/batch.ts
/** @throws RangeError when the pipeline did not ask for the column */
function codesOf(batch, column) {
	const codes = batch.codes.get(column);
	if (codes === void 0) throw new RangeError(`codes: column ${column} is not among the pipeline's strings`);
	return codes;
}
/** @throws RangeError when the pipeline did not ask for the column */
function numbersOf(batch, column) {
	const numbers = batch.numbers.get(column);
	if (numbers === void 0) throw new RangeError(`numbers: column ${column} is not among the pipeline's numbers`);
	return numbers;
}
/** @throws RangeError when the batch did not pass through the operator `watermark` */
function watermarksOf(batch) {
	if (batch.watermarks === void 0) throw new RangeError("watermarks: put the operator watermark before this one");
	return batch.watermarks;
}
function pick(column, rows, count) {
	const picked = new column.constructor(count);
	for (let i = 0; i < count; i += 1) picked[i] = column[rows[i]];
	return picked;
}
function pickText(column, rows, count) {
	return {
		bytes: column.bytes,
		starts: pick(column.starts, rows, count),
		ends: pick(column.ends, rows, count)
	};
}
function pickAll(columns, pickOne) {
	const picked = /* @__PURE__ */ new Map();
	for (const [name, column] of columns) picked.set(name, pickOne(column));
	return picked;
}
/**
* The batch that has only `rows[0 … count)`, in that order; refusals and covered offsets stay.
*
* @param rows row numbers of `batch`, ascending
*/
function selectRows(batch, rows, count) {
	if (count === batch.length) return batch;
	return {
		...batch,
		length: count,
		offsets: pick(batch.offsets, rows, count),
		numbers: pickAll(batch.numbers, (column) => pick(column, rows, count)),
		codes: pickAll(batch.codes, (column) => pick(column, rows, count)),
		texts: pickAll(batch.texts, (column) => pickText(column, rows, count)),
		idLow: pick(batch.idLow, rows, count),
		idHigh: pick(batch.idHigh, rows, count),
		raw: pickText(batch.raw, rows, count),
		...batch.watermarks === void 0 ? {} : { watermarks: pick(batch.watermarks, rows, count) }
	};
}
// operators/clockTimes.ts
/** By how much each row may move the clock of event time: the one rule for all who keep such a clock. */
/**
* Event time of each row, but not later than the batch's reception, so that one wrong clock moves nobody else's;
* −Infinity for rows that leave the clock where it is.
*
* @param timeless types of such rows: what the engine writes now says nothing of how far its producers have come, who may be
*                 sending last year
*/
function clockTimes(batch, timeless = []) {
	const { length, receivedAt, dictionary } = batch;
	const times = numbersOf(batch, "time");
	const types = codesOf(batch, "type");
	const moving = new Float64Array(length);
	for (let row = 0; row < length; row += 1) moving[row] = Math.min(times[row], receivedAt);
	for (const type of timeless) {
		const still = dictionary.find(type);
		if (still < 0) continue;
		for (let row = 0; row < length; row += 1) if (types[row] === still) moving[row] = -Infinity;
	}
	return moving;
}
// operators/dedupe.ts
/** Drops events that were sent again. */
/**
* Drops each row whose user and id were seen before, within the table's horizon of event time.
*
* ```text
* ids     --[a b a]--[b c]--|
* dedupe  --[a b]----[c]----|
* ```
*
* The clock is the largest event time so far, where a time after the batch's reception counts as the reception. A repetition
* does not prolong the memory of its id. Depends on the rows alone, not on how they are cut into batches. Synchronous: one
* batch out for each in, empty when all of its rows are duplicates.
*
* @param table     from `createDedupeTable`, with the horizon and the bound
* @param timeless  types of rows that leave the clock where it is: see `clockTimes`
* @param onDropped told how many rows of a batch were dropped, when there were any
*/
function dedupe({ table, timeless, onDropped }) {
	return (0, import_cjs.map)((batch) => {
		const times = clockTimes(batch, timeless);
		const { idLow, idHigh } = batch;
		const rows = new Int32Array(batch.length);
		let count = 0;
		for (let row = 0; row < batch.length; row += 1) {
			rows[count] = row;
			if (table.add(idLow[row], idHigh[row], times[row])) count += 1;
		}
		if (count < batch.length) onDropped?.(batch.length - count);
		return selectRows(batch, rows, count);
	});
}
// contracts/byteWriter.ts
/**
* A growing buffer that writes numbers and strings in ClickHouse's RowBinary encoding.
*
* Format: https://clickhouse.com/docs/interfaces/formats/RowBinary (little-endian; strings behind a LEB128 length).
*/
const encoder$7 = new TextEncoder();
var ByteWriter = class {
	bytes;
	/** Bytes written so far. */
	length = 0;
	#view;
	constructor(capacity = 1024) {
		this.bytes = new Uint8Array(capacity);
		this.#view = new DataView(this.bytes.buffer);
	}
	/** Makes room for `size` more bytes and returns the position where they go; the caller advances `length`. */
	reserve(size) {
		const needed = this.length + size;
		if (needed > this.bytes.length) {
			const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
			grown.set(this.bytes.subarray(0, this.length));
			this.bytes = grown;
			this.#view = new DataView(grown.buffer);
		}
		return this.length;
	}
	uint8(value) {
		const at = this.reserve(1);
		this.bytes[at] = value;
		this.length = at + 1;
	}
	uint16(value) {
		const at = this.reserve(2);
		this.#view.setUint16(at, value, true);
		this.length = at + 2;
	}
	uint32(value) {
		const at = this.reserve(4);
		this.#view.setUint32(at, value, true);
		this.length = at + 4;
	}
	int32(value) {
		const at = this.reserve(4);
		this.#view.setInt32(at, value, true);
		this.length = at + 4;
	}
	/** A UInt64 or Int64 from a safe integer, |value| < 2^53. */
	int64(value) {
		const at = this.reserve(8);
		const high = Math.floor(value / 4294967296);
		this.#view.setUint32(at, value - high * 4294967296, true);
		this.#view.setInt32(at + 4, high, true);
		this.length = at + 8;
	}
	float32(value) {
		const at = this.reserve(4);
		this.#view.setFloat32(at, value, true);
		this.length = at + 4;
	}
	float64(value) {
		const at = this.reserve(8);
		this.#view.setFloat64(at, value, true);
		this.length = at + 8;
	}
	/** An unsigned LEB128 integer: string lengths, array sizes. */
	varint(value) {
		this.reserve(8);
		if (value < 128) {
			this.bytes[this.length++] = value;
			return;
		}
		let rest = value;
		while (rest >= 128) {
			this.bytes[this.length++] = rest % 128 | 128;
			rest = Math.floor(rest / 128);
		}
		this.bytes[this.length++] = rest;
	}
	/** A String: its length, then `source[start … end)`. */
	string(source, start, end) {
		this.varint(end - start);
		this.raw(source, start, end);
	}
	/** A String from text, as UTF-8. */
	text(value) {
		let ascii = value.length < 64;
		if (ascii) {
			const at = this.reserve(value.length + 1);
			for (let i = 0; i < value.length; i += 1) {
				const code = value.charCodeAt(i);
				if (code > 127) {
					ascii = false;
					break;
				}
				this.bytes[at + 1 + i] = code;
			}
			if (ascii) {
				this.bytes[at] = value.length;
				this.length = at + 1 + value.length;
				return;
			}
		}
		const encoded = encoder$7.encode(value);
		this.string(encoded, 0, encoded.length);
	}
	/** Text as UTF-8, without a length before it. */
	utf8(value) {
		const at = this.reserve(3 * value.length);
		this.length = at + encoder$7.encodeInto(value, this.bytes.subarray(at)).written;
	}
	/** Bytes without a length before them. */
	raw(source, start, end) {
		const size = end - start;
		const at = this.reserve(size);
		if (size <= 32) for (let i = 0; i < size; i += 1) this.bytes[at + i] = source[start + i];
		else this.bytes.set(source.subarray(start, end), at);
		this.length = at + size;
	}
	clear() {
		this.length = 0;
	}
	/** A copy that later writes do not change. */
	take() {
		const copy = this.bytes.slice(0, this.length);
		this.length = 0;
		return copy;
	}
};
// contracts/errors.ts
const errors = {
	EVENT_NOT_JSON: {
		domain: "user",
		retry: "never",
		means: "the bytes are not one JSON value in UTF-8"
	},
	EVENT_NOT_OBJECT: {
		domain: "user",
		retry: "never",
		means: "the JSON value is not an object"
	},
	EVENT_TOO_LARGE: {
		domain: "user",
		retry: "never",
		means: "the event exceeds 64 KiB"
	},
	EVENT_TOO_DEEP: {
		domain: "user",
		retry: "never",
		means: "the event nests deeper than 16 levels"
	},
	EVENT_KEY_FORBIDDEN: {
		domain: "user",
		retry: "never",
		means: "a key is __proto__, constructor or prototype"
	},
	EVENT_FIELD_MISSING: {
		domain: "user",
		retry: "never",
		means: "a required field is absent"
	},
	EVENT_FIELD_INVALID: {
		domain: "user",
		retry: "never",
		means: "a field has a wrong type or range"
	},
	EVENT_TIME_OUT_OF_RANGE: {
		domain: "user",
		retry: "never",
		means: "the time is before the year 2000 or more than a day after it was received"
	},
	EVENT_SCHEMA_UNKNOWN: {
		domain: "user",
		retry: "never",
		means: "the schema registry has no schema of the id that stands before the event"
	},
	EVENT_SCHEMA_UNUSABLE: {
		domain: "user",
		retry: "never",
		means: "the schema of the event cannot be used to read it"
	},
	EVENT_SCHEMA_MISMATCH: {
		domain: "user",
		retry: "never",
		means: "the bytes of the event are not of its schema"
	},
	EVENT_POISONOUS: {
		domain: "internal",
		retry: "never",
		means: "the event made a pipeline fail and was set aside"
	},
	EXPOSURE_INVALID: {
		domain: "user",
		retry: "never",
		means: "an exposure lacks what its analysis needs, or contradicts its experiment"
	},
	EXPERIMENT_INVALID: {
		domain: "user",
		retry: "never",
		means: "the definition of an experiment or of a metric is not sound, or a change would make its evidence invalid"
	},
	POLICY_INVALID: {
		domain: "user",
		retry: "never",
		means: "the definition of a policy is not sound, or a change would make what it has learnt invalid"
	},
	DECISION_INVALID: {
		domain: "user",
		retry: "never",
		means: "a decision lacks what learning from it needs, or contradicts itself"
	},
	DECISION_IMPOSSIBLE: {
		domain: "user",
		retry: "never",
		means: "no action of the policy may be chosen for this user"
	},
	REWARD_INVALID: {
		domain: "user",
		retry: "never",
		means: "what an event earns a decision lies beyond the bounds of its policy"
	},
	EVALUATION_IMPOSSIBLE: {
		domain: "user",
		retry: "never",
		means: "the log of decisions cannot say what other policies would have earned"
	},
	RANGE_TOO_LARGE: {
		domain: "user",
		retry: "never",
		means: "there is more in the range of time than one answer takes"
	},
	BODY_INVALID: {
		domain: "user",
		retry: "never",
		means: "the request body cannot be split into events"
	},
	BODY_TOO_LARGE: {
		domain: "user",
		retry: "never",
		means: "the request body has too many bytes or events"
	},
	OVERLOADED: {
		domain: "internal",
		retry: "backoff",
		means: "the engine takes no more at present"
	},
	ENGINE_ABSENT: {
		domain: "external",
		retry: "backoff",
		means: "no engine answers"
	},
	LOG_FULL: {
		domain: "internal",
		retry: "backoff",
		means: "the event log cannot grow: the disk is full"
	},
	LOG_UNAVAILABLE: {
		domain: "internal",
		retry: "backoff",
		means: "the event log cannot be read or written"
	},
	SINK_UNAVAILABLE: {
		domain: "external",
		retry: "backoff",
		means: "ClickHouse did not take or answer"
	},
	SINK_REJECTED: {
		domain: "internal",
		retry: "never",
		means: "ClickHouse refused a statement as wrong"
	},
	OWNERSHIP_LOST: {
		domain: "internal",
		retry: "never",
		means: "another worker has the partition now"
	},
	SCHEMA_FOREIGN: {
		domain: "internal",
		retry: "never",
		means: "the database was migrated by a newer or an altered version"
	},
	SNAPSHOT_FOREIGN: {
		domain: "internal",
		retry: "never",
		means: "a snapshot of another state"
	},
	PARTITIONS_CHANGED: {
		domain: "user",
		retry: "never",
		means: "the data was written with another number of partitions"
	},
	CONFIGURATION_INVALID: {
		domain: "user",
		retry: "never",
		means: "a setting has a wrong value"
	},
	KAFKA_UNAVAILABLE: {
		domain: "external",
		retry: "backoff",
		means: "no Kafka broker answered"
	},
	TOPIC_ABSENT: {
		domain: "user",
		retry: "never",
		means: "the Kafka topic is not there"
	},
	KAFKA_ABSENT: {
		domain: "user",
		retry: "never",
		means: "Kafka is configured, but its client is not installed"
	},
	REGISTRY_UNAVAILABLE: {
		domain: "external",
		retry: "backoff",
		means: "the schema registry did not answer"
	},
	REGISTRY_ABSENT: {
		domain: "user",
		retry: "never",
		means: "a schema registry is configured, but its client is not installed"
	},
	PORT_BUSY: {
		domain: "user",
		retry: "never",
		means: "another program listens on the port"
	},
	DATA_LOCKED: {
		domain: "user",
		retry: "never",
		means: "another engine uses the data directory"
	},
	FILE_UNREADABLE: {
		domain: "user",
		retry: "never",
		means: "a file is absent or not in its format"
	}
};
var EngineError = class extends Error {
	code;
	constructor(code, detail, options) {
		super(detail, options);
		this.name = "EngineError";
		this.code = code;
	}
};
// operators/state/dedupeTable.ts
/**
* The ids seen within a horizon of event time, as a table whose epochs store only the ids that they added.
*
* Ids are 64-bit hashes. They are kept in buckets by the clock at which they came; a bucket is closed after a sixteenth
* of the horizon or of `idsMax`, and goes as a whole. So an id is remembered for at least the horizon and at most a
* sixteenth longer, unless more than `idsMax` come within it: then the oldest bucket goes first. Two different ids collide
* with probability of about n · 2^−64 when n are held.
*
* Stored: under the empty key the clock and the number of the oldest bucket; under `<bucket>` its bounds; under
* `<bucket>.<first>` the ids from position `first`, as pairs of 32-bit integers. Segments are only added, and deleted with
* their bucket.
*/
/** Low half, high half, bucket number (0: never used). */
const slotWidth = 3;
const bucketsPerHorizon = 16;
const decoder$4 = new TextDecoder();
var DedupeTable = class {
	name;
	version;
	#horizonMs;
	#idsMax;
	#slots = new Int32Array(1024 * slotWidth);
	#mask = 1023;
	/** Slots ever used since the last rebuild, forgotten ids included. */
	#used = 0;
	#size = 0;
	#clock = -Infinity;
	#headerChanged = false;
	#buckets = /* @__PURE__ */ new Map();
	/** Bucket numbers run from `#oldest` to `#newest`, from 1; ids in buckets before `#oldest` are forgotten. */
	#oldest = 1;
	#newest = 0;
	#current;
	/** Between `restore` and `restored`. */
	#segments = [];
	#gone = [];
	#writer = new ByteWriter();
	/** @throws RangeError when an option is out of range */
	constructor(name, { horizonMs, idsMax, version = 1 }) {
		if (!(horizonMs > 0)) throw new RangeError(`horizonMs: expected > 0, got ${horizonMs}`);
		if (!Number.isInteger(idsMax) || idsMax < bucketsPerHorizon) throw new RangeError(`idsMax: expected an integer ≥ ${bucketsPerHorizon}, got ${idsMax}`);
		this.name = name;
		this.version = version;
		this.#horizonMs = horizonMs;
		this.#idsMax = idsMax;
	}
	/** Ids held. */
	get size() {
		return this.#size;
	}
	/**
	* Takes in an id unless it is held already.
	*
	* @param time event time, ms; the table's clock is the largest so far
	* @returns false when the id is a duplicate
	*/
	add(low, high, time) {
		if (time > this.#clock) this.#advance(time);
		const slots = this.#slots;
		const mask = this.#mask;
		const signedLow = low | 0;
		const signedHigh = high | 0;
		let at = homeOf$1(signedLow, signedHigh, mask) * slotWidth;
		let reusable = -1;
		for (let number = slots[at + 2]; number !== 0; number = slots[at + 2]) {
			if (number < this.#oldest) {
				if (reusable < 0) reusable = at;
			} else if (slots[at] === signedLow && slots[at + 1] === signedHigh) return false;
			at += slotWidth;
			if (at === slots.length) at = 0;
		}
		this.#insert(signedLow, signedHigh, reusable >= 0 ? reusable : at);
		return true;
	}
	drain(visit) {
		const writer = this.#writer;
		const remove = (key) => {
			const keyEnd = this.#writeKey(key);
			visit(writer.bytes, keyEnd, keyEnd, true);
		};
		for (const { number, bucket } of this.#gone) {
			if (bucket.segments.length > 0) remove(`${number}`);
			for (const first of bucket.segments) remove(`${number}.${first}`);
		}
		this.#gone = [];
		for (const [number, bucket] of this.#buckets) if (bucket.pendingLength > 0) this.#drainBucket(number, bucket, visit);
		if (!this.#headerChanged) return;
		this.#headerChanged = false;
		writer.clear();
		writer.float64(this.#clock);
		writer.float64(this.#oldest);
		visit(writer.bytes, 0, writer.length, false);
	}
	restore(key, value) {
		const text = decoder$4.decode(key);
		const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
		const [number = NaN, first] = text.split(".").map(Number);
		if (text === "" && (value.length === 8 || value.length === 16)) {
			this.#clock = view.getFloat64(0, true);
			if (value.length === 16) this.#oldest = view.getFloat64(8, true);
		} else if (Number.isInteger(number) && first === void 0 && value.length === 16) {
			const bucket = this.#bucketAt(number);
			bucket.openedAt = view.getFloat64(0, true);
			bucket.lastAt = view.getFloat64(8, true);
		} else if (Number.isInteger(number) && Number.isInteger(first) && value.length % 8 === 0) this.#segments.push({
			number,
			first,
			ids: new Uint8Array(value)
		});
		else throw new EngineError("SNAPSHOT_FOREIGN", `table ${this.name}: unknown entry ${text}`);
	}
	restored() {
		this.#forgetAgain();
		this.#placeSegments();
		this.#newest = this.#oldest - 1;
		const numbers = [...this.#buckets.keys()].sort((a, b) => a - b);
		if (numbers.length === 0) return;
		this.#oldest = numbers[0];
		this.#newest = numbers.at(-1);
		const ordered = numbers.map((number) => [number, this.#buckets.get(number)]);
		this.#buckets.clear();
		for (const [number, bucket] of ordered) this.#buckets.set(number, bucket);
		this.#current = this.#buckets.get(this.#newest);
		this.#forget();
	}
	/** An insert of a lost worker that landed late may bring back parts of forgotten buckets. */
	#forgetAgain() {
		for (const { number, first } of this.#segments) if (number < this.#oldest) this.#bucketAt(number).segments.push(first);
		this.#segments = this.#segments.filter(({ number }) => number >= this.#oldest);
		for (const [number, bucket] of this.#buckets) {
			if (number >= this.#oldest) continue;
			this.#buckets.delete(number);
			this.#gone.push({
				number,
				bucket
			});
		}
	}
	/**
	* Puts restored segments together by position. Two may overlap, where an insert of a lost worker landed late: then both
	* hold the same ids at the same positions, and the second time they are passed over.
	*/
	#placeSegments() {
		this.#segments.sort((a, b) => a.first - b.first);
		for (const { number, first, ids } of this.#segments) {
			const bucket = this.#bucketAt(number);
			const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
			for (let at = (bucket.count - first) * 8; at < ids.length; at += 8) {
				this.#place(view.getInt32(at, true), view.getInt32(at + 4, true), number);
				bucket.count += 1;
			}
			bucket.segments.push(first);
		}
		this.#segments = [];
	}
	#insert(low, high, at) {
		let bucket = this.#current;
		if (bucket === void 0 || bucket.count >= this.#idsMax / bucketsPerHorizon || this.#clock - bucket.openedAt >= this.#horizonMs / bucketsPerHorizon) {
			bucket = newBucket(this.#clock);
			this.#newest += 1;
			this.#buckets.set(this.#newest, bucket);
			this.#current = bucket;
		}
		bucket.lastAt = this.#clock;
		bucket.count += 1;
		this.#size += 1;
		if (bucket.pendingLength * 2 === bucket.pending.length) {
			const grown = new Int32Array(Math.max(64, bucket.pending.length * 2));
			grown.set(bucket.pending);
			bucket.pending = grown;
		}
		bucket.pending[bucket.pendingLength * 2] = low;
		bucket.pending[bucket.pendingLength * 2 + 1] = high;
		bucket.pendingLength += 1;
		this.#fill(at, low, high, this.#newest);
		if (this.#size > this.#idsMax) this.#forget();
	}
	#fill(at, low, high, number) {
		const fresh = this.#slots[at + 2] === 0;
		this.#slots[at] = low;
		this.#slots[at + 1] = high;
		this.#slots[at + 2] = number;
		if (!fresh) return;
		this.#used += 1;
		if (this.#used * 5 > (this.#mask + 1) * 3) this.#rebuild();
	}
	#advance(time) {
		this.#clock = time;
		this.#headerChanged = true;
		const oldest = this.#buckets.get(this.#oldest);
		if (oldest !== void 0 && time - oldest.lastAt > this.#horizonMs) this.#forget();
	}
	/** Drops the oldest buckets: those behind the horizon, and as many as are too many. */
	#forget() {
		for (const [number, bucket] of this.#buckets) {
			if (!(this.#clock - bucket.lastAt > this.#horizonMs) && this.#size <= this.#idsMax) break;
			this.#buckets.delete(number);
			this.#gone.push({
				number,
				bucket
			});
			this.#size -= bucket.count;
			this.#oldest = number + 1;
			this.#headerChanged = true;
			if (bucket === this.#current) this.#current = void 0;
		}
	}
	/** Without the forgotten ids, and with room for as many again as are held. */
	#rebuild() {
		const old = this.#slots;
		let slots = 1024;
		while (slots * 2 < this.#size * 5) slots *= 2;
		this.#slots = new Int32Array(slots * slotWidth);
		this.#mask = slots - 1;
		this.#used = 0;
		for (let at = 0; at < old.length; at += slotWidth) {
			const number = old[at + 2];
			if (number < this.#oldest) continue;
			const free = this.#freeSlot(old[at], old[at + 1]);
			this.#slots[free] = old[at];
			this.#slots[free + 1] = old[at + 1];
			this.#slots[free + 2] = number;
			this.#used += 1;
		}
	}
	#place(low, high, number) {
		this.#size += 1;
		this.#fill(this.#freeSlot(low, high), low, high, number);
	}
	#freeSlot(low, high) {
		let slot = homeOf$1(low, high, this.#mask);
		while (this.#slots[slot * slotWidth + 2] !== 0) slot = slot + 1 & this.#mask;
		return slot * slotWidth;
	}
	#bucketAt(number) {
		const bucket = this.#buckets.get(number) ?? newBucket(NaN);
		this.#buckets.set(number, bucket);
		return bucket;
	}
	#drainBucket(number, bucket, visit) {
		const writer = this.#writer;
		const first = bucket.count - bucket.pendingLength;
		const segmentEnd = this.#writeKey(`${number}.${first}`);
		for (let i = 0; i < bucket.pendingLength * 2; i += 1) writer.int32(bucket.pending[i]);
		visit(writer.bytes, segmentEnd, writer.length, false);
		const keyEnd = this.#writeKey(`${number}`);
		writer.float64(bucket.openedAt);
		writer.float64(bucket.lastAt);
		visit(writer.bytes, keyEnd, writer.length, false);
		bucket.segments.push(first);
		bucket.pendingLength = 0;
		bucket.pending = /* @__PURE__ */ new Int32Array(0);
	}
	#writeKey(key) {
		this.#writer.clear();
		for (let i = 0; i < key.length; i += 1) this.#writer.uint8(key.charCodeAt(i));
		return this.#writer.length;
	}
};
/** @throws RangeError when an option is out of range or the name is taken */
function createDedupeTable(tables, name, options) {
	return tables.add(new DedupeTable(name, options));
}
function newBucket(openedAt) {
	return {
		openedAt,
		lastAt: openedAt,
		count: 0,
		segments: [],
		pending: /* @__PURE__ */ new Int32Array(0),
		pendingLength: 0
	};
}
/** The halves are hashes already; both take part, so that neither has to be a good one alone. */
function homeOf$1(low, high, mask) {
	return (low ^ Math.imul(high, 2654435761)) & mask;
}
// contracts/bytes.ts
function bytesOf(bytes) {
	return {
		bytes,
		view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
	};
}
// contracts/hash.ts
function murmur3({ bytes, view }, start, end, seed) {
	let h = seed | 0;
	let at = start;
	const blocks = end - (end - start & 3);
	for (; at < blocks; at += 4) {
		let k = Math.imul(view.getInt32(at, true), 3432918353);
		k = k << 15 | k >>> 17;
		h ^= Math.imul(k, 461845907);
		h = h << 13 | h >>> 19;
		h = Math.imul(h, 5) + 3864292196 | 0;
	}
	if (at < end) {
		let k = bytes[at];
		if (at + 1 < end) k |= bytes[at + 1] << 8;
		if (at + 2 < end) k |= bytes[at + 2] << 16;
		k = Math.imul(k, 3432918353);
		k = k << 15 | k >>> 17;
		h ^= Math.imul(k, 461845907);
	}
	return finish$1(h ^ end - start);
}
/** Mixes one more 32-bit integer into a hash: for features made of several codes. */
function mix(hash, value) {
	return finish$1(Math.imul(hash ^ value, 2654435761) + 2135587861);
}
function finish$1(hash) {
	let h = hash;
	h ^= h >>> 16;
	h = Math.imul(h, 2246822507);
	h ^= h >>> 13;
	h = Math.imul(h, 3266489909);
	return (h ^ h >>> 16) >>> 0;
}
// operators/state/internDictionary.ts
/**
* A dictionary in flat arrays: the bytes of all strings in one arena, found by open addressing over MurmurHash3.
*
* A hit reads a slot and the entry it points to, and allocates nothing. About 45 bytes per string of 14. Freed strings leave
* holes in the arena; when the holes outweigh the rest, `sweep` closes them.
*/
/** An entry of the arena, in words: hash, bytes, how many retain it, code; then the bytes, padded to whole words. */
const size = 1;
const retained = 2;
const codeOf = 3;
const headerWords = 4;
const seed$3 = 1684628340;
/** Texts kept decoded, direct-mapped by code: a power of two. */
const textsMax = 65536;
/** Words of the arena at most: byte positions are below 2^31. */
const wordsMax = 2 ** 29 - 1;
const encoder$6 = new TextEncoder();
const decoder$3 = new TextDecoder("utf-8", { ignoreBOM: true });
var InternDictionary = class {
	#capacity = 1024;
	#words = /* @__PURE__ */ new Int32Array(4096);
	/** The same memory. */
	#bytes = new Uint8Array(this.#words.buffer);
	#end = 0;
	#garbage = 0;
	/** Word position + 1 of the entry whose probe ends here, 0 when empty: at most half full. */
	#slots = new Int32Array(this.#capacity * 2);
	/** Word position by code; of a free code −2 − the next free one. */
	#positions = new Int32Array(this.#capacity);
	/** Codes given out at least once. */
	#codes = 0;
	#held = 0;
	#freeCode = -1;
	/** Codes that may be unretained, each once: what a sweep has to look at. */
	#idle = /* @__PURE__ */ new Int32Array(1024);
	#idleLength = 0;
	#isIdle = new Uint8Array(this.#capacity);
	#texts = [];
	#textCodes = new Int32Array(textsMax).fill(-1);
	get capacity() {
		return this.#capacity;
	}
	/** Strings held. */
	get size() {
		return this.#held;
	}
	intern(text, from, to) {
		const hash = murmur3(text, from, to, seed$3) | 0;
		const slot = this.#slotOf(hash, text, from, to);
		const entry = this.#slots[slot];
		if (entry !== 0) return this.#words[entry - 1 + codeOf];
		return this.#add(hash, slot, text, from, to);
	}
	internText(text) {
		const bytes = encoder$6.encode(text);
		return this.intern(bytesOf(bytes), 0, bytes.length);
	}
	find(text) {
		const bytes = bytesOf(encoder$6.encode(text));
		const length = bytes.bytes.length;
		const hash = murmur3(bytes, 0, length, seed$3) | 0;
		const entry = this.#slots[this.#slotOf(hash, bytes, 0, length)];
		return entry === 0 ? -1 : this.#words[entry - 1 + codeOf];
	}
	text(code) {
		const at = code & 65535;
		if (this.#textCodes[at] === code) return this.#texts[at];
		const entry = this.#entryOf(code);
		const from = (entry + headerWords) * 4;
		const text = decoder$3.decode(this.#bytes.subarray(from, from + this.#words[entry + size]));
		while (this.#texts.length <= at) this.#texts.push("");
		this.#texts[at] = text;
		this.#textCodes[at] = code;
		return text;
	}
	copy(code, target) {
		const entry = this.#entryOf(code);
		const from = (entry + headerWords) * 4;
		target.raw(this.#bytes, from, from + this.#words[entry + size]);
	}
	byteLength(code) {
		return this.#words[this.#entryOf(code) + size];
	}
	retain(code) {
		const at = this.#entryOf(code) + retained;
		this.#words[at] = this.#words[at] + 1;
	}
	/** @throws RangeError when nothing retains the code */
	release(code) {
		const at = this.#entryOf(code) + retained;
		const count = this.#words[at] - 1;
		if (count < 0) throw new RangeError(`code: expected one that is retained, got ${code}`);
		this.#words[at] = count;
		if (count === 0) this.#markIdle(code);
	}
	sweep() {
		for (let i = 0; i < this.#idleLength; i += 1) {
			const code = this.#idle[i];
			this.#isIdle[code] = 0;
			const entry = this.#positions[code];
			if (this.#words[entry + retained] === 0) this.#remove(code, entry);
		}
		this.#idleLength = 0;
		if (this.#garbage > 16384 && this.#garbage * 2 > this.#end) this.#compact();
	}
	/** @throws RangeError when the code is not given out */
	#entryOf(code) {
		const entry = code < this.#codes ? this.#positions[code] : void 0;
		if (entry === void 0 || entry < 0) throw new RangeError(`code: expected one of the dictionary, got ${code}`);
		return entry;
	}
	/** The slot of the string, or the empty one where it would go. */
	#slotOf(hash, text, from, to) {
		const slots = this.#slots;
		const words = this.#words;
		const mask = slots.length - 1;
		const length = to - from;
		let slot = hash & mask;
		for (let entry = slots[slot]; entry !== 0; entry = slots[slot]) {
			if (words[entry - 1] === hash && words[entry - 1 + size] === length && this.#stands(entry - 1 + headerWords, text, from, to)) return slot;
			slot = slot + 1 & mask;
		}
		return slot;
	}
	/** Whether the words from `word` on hold the bytes. */
	#stands(word, { bytes, view }, from, to) {
		const words = this.#words;
		const last = to - 4;
		let at = from;
		let next = word;
		for (; at <= last; at += 4) if (words[next++] !== view.getInt32(at, true)) return false;
		const own = this.#bytes;
		for (let rest = next * 4; at < to; at += 1) if (own[rest++] !== bytes[at]) return false;
		return true;
	}
	#add(hash, slot, { bytes }, from, to) {
		const entry = this.#end;
		this.#end += headerWords + (to - from + 3 >> 2);
		if (this.#end > this.#words.length) this.#widen();
		let code = this.#freeCode;
		let place = slot;
		if (code >= 0) this.#freeCode = -2 - this.#positions[code];
		else {
			if (this.#codes === this.#capacity) {
				this.#grow();
				place = this.#freeSlot(hash);
			}
			code = this.#codes;
			this.#codes += 1;
		}
		this.#words[entry] = hash;
		this.#words[entry + size] = to - from;
		this.#words[entry + retained] = 0;
		this.#words[entry + codeOf] = code;
		const offset = (entry + headerWords) * 4 - from;
		for (let at = from; at < to; at += 1) this.#bytes[at + offset] = bytes[at];
		this.#positions[code] = entry;
		this.#slots[place] = entry + 1;
		this.#held += 1;
		this.#markIdle(code);
		return code;
	}
	/** @throws RangeError beyond 2 GiB */
	#widen() {
		if (this.#end > wordsMax) throw new RangeError(`dictionary: expected at most ${wordsMax} words`);
		const roomy = Math.min(wordsMax, Math.ceil(this.#words.length * 1.5));
		const words = new Int32Array(Math.max(this.#end, roomy));
		words.set(this.#words);
		this.#words = words;
		this.#bytes = new Uint8Array(words.buffer);
	}
	#markIdle(code) {
		if (this.#isIdle[code] === 1) return;
		this.#isIdle[code] = 1;
		if (this.#idleLength === this.#idle.length) {
			const grown = new Int32Array(this.#idle.length * 2);
			grown.set(this.#idle);
			this.#idle = grown;
		}
		this.#idle[this.#idleLength] = code;
		this.#idleLength += 1;
	}
	#freeSlot(hash) {
		const mask = this.#slots.length - 1;
		let slot = hash & mask;
		while (this.#slots[slot] !== 0) slot = slot + 1 & mask;
		return slot;
	}
	#grow() {
		this.#capacity *= 2;
		const positions = new Int32Array(this.#capacity);
		positions.set(this.#positions);
		this.#positions = positions;
		const isIdle = new Uint8Array(this.#capacity);
		isIdle.set(this.#isIdle);
		this.#isIdle = isIdle;
		this.#slots = new Int32Array(this.#capacity * 2);
		this.#fillSlots();
	}
	#fillSlots() {
		for (let code = 0; code < this.#codes; code += 1) {
			const entry = this.#positions[code];
			if (entry >= 0) this.#slots[this.#freeSlot(this.#words[entry])] = entry + 1;
		}
	}
	/** Empties the entry's slot and moves back what its probe had pushed on (Knuth 1973, algorithm 6.4R). */
	#remove(code, entry) {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let hole = this.#words[entry] & mask;
		while (slots[hole] !== entry + 1) hole = hole + 1 & mask;
		for (let slot = hole + 1 & mask; slots[slot] !== 0; slot = slot + 1 & mask) {
			const home = this.#words[slots[slot] - 1] & mask;
			if ((slot - home & mask) < (slot - hole & mask)) continue;
			slots[hole] = slots[slot];
			hole = slot;
		}
		slots[hole] = 0;
		this.#garbage += headerWords + (this.#words[entry + size] + 3 >> 2);
		this.#positions[code] = -2 - this.#freeCode;
		this.#freeCode = code;
		this.#held -= 1;
		const at = code & 65535;
		if (this.#textCodes[at] === code) this.#textCodes[at] = -1;
	}
	#compact() {
		const words = new Int32Array(Math.max(4096, Math.ceil((this.#end - this.#garbage) * 1.5)));
		let end = 0;
		for (let code = 0; code < this.#codes; code += 1) {
			const entry = this.#positions[code];
			if (entry < 0) continue;
			const next = entry + headerWords + (this.#words[entry + size] + 3 >> 2);
			words.set(this.#words.subarray(entry, next), end);
			this.#positions[code] = end;
			end += next - entry;
		}
		this.#words = words;
		this.#bytes = new Uint8Array(words.buffer);
		this.#end = end;
		this.#garbage = 0;
		this.#slots.fill(0);
		this.#fillSlots();
	}
};
// operators/state/coldRows.ts
/**
* Rows of a table of numbers that have left memory: the store has them, and each comes back with its numbers unchanged when its
* key is touched again. So a table that holds few keys answers as one that holds all (decision 18).
*
* What is kept here is what the store does not have yet: rows that left, and rows that came back, since the last checkpoint that
* is there for good. All else is read before it is needed, by whoever pushes chunks, while nothing else changes. Of a key there
* is a row here or in the table, never in both.
*
* Stored key: its UTF-8; value: the row as little-endian doubles.
*/
const encoder$5 = new TextEncoder();
var ColdRowsTable = class {
	name;
	version;
	column;
	#width;
	#textOf;
	#isHeld;
	/** What the store does not have yet. */
	#unsettled = /* @__PURE__ */ new Map();
	/** Of those, not drained yet. */
	#changed = /* @__PURE__ */ new Set();
	/** What was drained and is on its way. */
	#drained = /* @__PURE__ */ new Map();
	/** What has arrived: let go of by the next `wanted`, so that nothing changes between that and the chunks. */
	#arrived = /* @__PURE__ */ new Map();
	/** What the store has of the keys of the chunks at hand. */
	#recalled = /* @__PURE__ */ new Map();
	#isEmpty = true;
	#writer = new ByteWriter();
	constructor({ name, version, width, column, textOf, isHeld }) {
		this.name = name;
		this.version = version;
		this.column = column;
		this.#width = width;
		this.#textOf = textOf;
		this.#isHeld = isHeld;
	}
	/** Rows that are held because the store does not have them yet. */
	get size() {
		return this.#unsettled.size;
	}
	get isEmpty() {
		return this.#isEmpty && this.#arrived.size === 0;
	}
	get hasRows() {
		return !this.#isEmpty || this.#unsettled.size > 0;
	}
	/** Takes in the row of a key that leaves memory. */
	put(key, row) {
		this.#set(key, row);
	}
	/**
	* The row of a key that comes back to memory; here it is no more.
	*
	* @throws Error when the store may have it and was not asked
	*/
	take(key) {
		const row = this.#find(key);
		if (row !== void 0) this.#set(key, void 0);
		return row;
	}
	/** Forgets a key, also in the store. */
	drop(key) {
		if (this.#isEmpty && !this.#unsettled.has(key)) return;
		this.#set(key, void 0);
	}
	found() {
		this.#isEmpty = false;
	}
	wanted(codes) {
		this.#recalled.clear();
		this.#letGo();
		if (this.#isEmpty) return [];
		const wanted = [];
		for (const code of new Set(codes)) {
			if (code < 0 || this.#isHeld(code)) continue;
			const key = this.#textOf(code);
			if (!this.#unsettled.has(key)) wanted.push(key);
		}
		return wanted;
	}
	recalled(key, value) {
		this.#recalled.set(key, value === void 0 ? void 0 : this.#rowOf(value));
	}
	drain(visit) {
		const writer = this.#writer;
		for (const key of this.#changed) {
			const row = this.#unsettled.get(key);
			this.#drained.set(key, row);
			writer.clear();
			const bytes = encoder$5.encode(key);
			writer.raw(bytes, 0, bytes.length);
			const keyEnd = writer.length;
			for (const each of row ?? []) writer.float64(each);
			visit(writer.bytes, keyEnd, writer.length, row === void 0);
		}
		this.#changed.clear();
	}
	settled() {
		for (const [key, row] of this.#drained) this.#arrived.set(key, row);
		this.#drained.clear();
	}
	restore() {
		throw new EngineError("SNAPSHOT_FOREIGN", `table ${this.name}: its rows are read when they are asked for, not restored`);
	}
	restored() {}
	#letGo() {
		for (const [key, row] of this.#arrived) {
			this.#isEmpty = false;
			if (this.#unsettled.get(key) === row) this.#unsettled.delete(key);
		}
		this.#arrived.clear();
	}
	#find(key) {
		if (this.#unsettled.has(key)) return this.#unsettled.get(key);
		if (this.#isEmpty) return void 0;
		if (this.#recalled.has(key)) return this.#recalled.get(key);
		throw new Error(`table ${this.name}: the store was not asked for a key of the chunk`);
	}
	#set(key, row) {
		this.#unsettled.set(key, row);
		this.#changed.add(key);
	}
	#rowOf(value) {
		if (value.length !== this.#width * 8) throw new EngineError("SNAPSHOT_FOREIGN", `table ${this.name}: expected ${this.#width * 8} bytes per key, found ${value.length}`);
		const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
		return Float64Array.from({ length: this.#width }, (_, i) => view.getFloat64(i * 8, true));
	}
};
// operators/state/keyBytes.ts
/**
* The stored form of a key: UTF-8, the two parts of a pair separated by a NUL byte; different keys never look the same.
*
* For what a decoder interns is neither empty nor contains NUL: it takes names only, in every string column. So the empty
* byte string is free for a table's own header.
*/
/** @param right code of the pair's second part, −1 for a single key */
function writeKey(writer, dictionary, left, right) {
	dictionary.copy(left, writer);
	if (right < 0) return;
	writer.uint8(0);
	dictionary.copy(right, writer);
}
/** Interns the key's parts; `right` is −1 for a single key. */
function readKey(key, dictionary) {
	const text = bytesOf(key);
	const end = key.indexOf(0);
	if (end < 0) return {
		left: dictionary.intern(text, 0, key.length),
		right: -1
	};
	return {
		left: dictionary.intern(text, 0, end),
		right: dictionary.intern(text, end + 1, key.length)
	};
}
// operators/state/pairIndex.ts
/**
* Finds the row of a pair of codes: open addressing over rows, linear probing, backward-shift deletion.
*
* The pairs themselves stand in the caller's links, one record of four integers per row (left, right, …), so a slot is
* four bytes. Source: Knuth 1973, algorithms 6.4L and 6.4R.
*/
const recordWidth = 4;
const seed$2 = 1885432178;
var PairIndex = class {
	/** Row + 1, 0 when empty. */
	#slots = /* @__PURE__ */ new Int32Array(64);
	#size = 0;
	/** @returns the row, −1 when there is none */
	find(links, left, right) {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = mix(mix(seed$2, left), right) & mask;
		for (let entry = slots[slot]; entry !== 0; entry = slots[slot]) {
			const record = (entry - 1) * recordWidth;
			if (links[record] === left && links[record + 1] === right) return entry - 1;
			slot = slot + 1 & mask;
		}
		return -1;
	}
	/** Takes in a row whose pair stands in `links` and is not in the index yet. */
	add(links, row) {
		if ((this.#size + 1) * 3 > this.#slots.length * 2) this.#grow(links);
		this.#slots[this.#emptySlot(links, row)] = row + 1;
		this.#size += 1;
	}
	/** Lets go a row that is in the index and whose pair still stands in `links`. */
	remove(links, row) {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let hole = homeOf(links, row) & mask;
		while (slots[hole] !== row + 1) hole = hole + 1 & mask;
		for (let slot = hole + 1 & mask; slots[slot] !== 0; slot = slot + 1 & mask) {
			const home = homeOf(links, slots[slot] - 1) & mask;
			if ((slot - home & mask) < (slot - hole & mask)) continue;
			slots[hole] = slots[slot];
			hole = slot;
		}
		slots[hole] = 0;
		this.#size -= 1;
	}
	#emptySlot(links, row) {
		const mask = this.#slots.length - 1;
		let slot = homeOf(links, row) & mask;
		while (this.#slots[slot] !== 0) slot = slot + 1 & mask;
		return slot;
	}
	#grow(links) {
		const old = this.#slots;
		this.#slots = new Int32Array(old.length * 2);
		for (const entry of old) if (entry !== 0) this.#slots[this.#emptySlot(links, entry - 1)] = entry;
	}
};
function homeOf(links, row) {
	return mix(mix(seed$2, links[row * recordWidth]), links[row * recordWidth + 1]);
}
// operators/state/sequenceOrder.ts
/**
* Positions of a column of integers in ascending order: radix sort by 16-bit digits, so a restore is linear in the keys.
*
* Source: Knuth 1973, section 5.2.5.
*/
const radix = 65536;
/**
* @param sequences integers in [0, 2^53), in any order
* @returns positions in `sequences`, smallest value first; equal values stay in order
*/
function sequenceOrder(sequences) {
	const count = sequences.length;
	let minimum = Infinity;
	let maximum = 0;
	for (let i = 0; i < count; i += 1) {
		const sequence = sequences[i];
		if (sequence < minimum) minimum = sequence;
		if (sequence > maximum) maximum = sequence;
	}
	let order = new Int32Array(count);
	for (let i = 0; i < count; i += 1) order[i] = i;
	let other = new Int32Array(count);
	const ends = /* @__PURE__ */ new Int32Array(65537);
	for (let scale = 1; count > 0 && scale <= maximum - minimum; scale *= radix) {
		ends.fill(0);
		for (let i = 0; i < count; i += 1) ends[Math.floor((sequences[i] - minimum) / scale) % radix + 1] += 1;
		for (let digit = 1; digit <= radix; digit += 1) ends[digit] += ends[digit - 1];
		for (let i = 0; i < count; i += 1) {
			const position = order[i];
			const digit = Math.floor((sequences[position] - minimum) / scale) % radix;
			other[ends[digit]] = position;
			ends[digit] += 1;
		}
		[order, other] = [other, order];
	}
	return order;
}
// operators/state/numberTable.ts
/**
* Rows of numbers per key or pair of keys, in flat arrays: exact least-recently-touched eviction, expiry at event time.
*
* A row is its `width` numbers and two more of the table's own: the clock and the sequence number of its last touch. A
* touch counts at the table's clock, the largest time passed so far; so the order of touches is the order of expiry as
* well, and both are read off one list. A row exactly `ttlMs` old is still there.
*
* Stored value: the row as little-endian doubles. Under the empty key: the clock and the next sequence number.
*/
/** Links of a row: left and right code (right is −1 for a single key), the rows touched before and after it. */
const linksWidth = 4;
const rightOf = 1;
const olderOf = 2;
const newerOf = 3;
/** In place of the left code: the row is free, `newer` is the next free one. */
const freeRow = -1;
const none = -1;
/** Flags of a row: in the list of changed rows; known to the store. */
const dirty$1 = 1;
const stored = 2;
function grown(column, length) {
	const copy = new column.constructor(length);
	copy.set(column);
	return copy;
}
var FlatNumberTable = class {
	name;
	version;
	width;
	values;
	cold;
	#dictionary;
	#keysMax;
	#ttlMs;
	/** Whether rows ever go, so that the order of touches matters. */
	#ordered;
	/** From one row to the next in `values`. */
	#stride;
	#capacity = 16;
	#links = new Int32Array(this.#capacity * linksWidth);
	#flags = new Uint8Array(this.#capacity);
	#rows = 0;
	#size = 0;
	#freeRow = none;
	#oldest = none;
	#newest = none;
	#clock = -Infinity;
	#sequence = 0;
	/** Row + 1 of a single key by its code, 0 when there is none. */
	#rowOfCode = /* @__PURE__ */ new Int32Array(0);
	#pairs = new PairIndex();
	#changed = /* @__PURE__ */ new Int32Array(16);
	#changedLength = 0;
	#headerChanged = false;
	/** Left and right codes of stored keys that were deleted; retained until the store knows. */
	#deleted = [];
	#writer = new ByteWriter();
	constructor(name, dictionary, options) {
		const { width, keysMax = Infinity, ttlMs = Infinity, version = 1, recalledBy } = options;
		if (!Number.isInteger(width) || width < 1) throw new RangeError(`width: expected an integer ≥ 1, got ${width}`);
		if (!(keysMax >= 1) || keysMax !== Infinity && !Number.isInteger(keysMax)) throw new RangeError(`keysMax: expected an integer ≥ 1, got ${keysMax}`);
		if (recalledBy !== void 0 && ttlMs !== Infinity) throw new RangeError(`ttlMs: expected none beside recalledBy, got ${ttlMs}`);
		if (!(ttlMs > 0)) throw new RangeError(`ttlMs: expected > 0, got ${ttlMs}`);
		this.name = name;
		this.version = version;
		this.width = width;
		this.#dictionary = dictionary;
		this.#keysMax = keysMax;
		this.#ttlMs = ttlMs;
		this.#ordered = keysMax !== Infinity || ttlMs !== Infinity;
		this.#stride = width + 2;
		this.cold = recalledBy === void 0 ? void 0 : new ColdRowsTable({
			name: `${name}/cold`,
			version,
			width,
			column: recalledBy,
			textOf: (code) => dictionary.text(code),
			isHeld: (code) => this.peek(code, -Infinity) >= 0
		});
		this.values = new Float64Array(this.#capacity * this.#stride);
	}
	get size() {
		return this.#size;
	}
	at(key, time) {
		if (time > this.#clock) this.#advance(time);
		let row = key < this.#rowOfCode.length ? this.#rowOfCode[key] - 1 : none;
		if (!(row >= 0)) row = this.#insert(key, none);
		return this.#touch(row);
	}
	atPair(left, right, time) {
		if (time > this.#clock) this.#advance(time);
		let row = this.#pairs.find(this.#links, left, right);
		if (row < 0) {
			if (!(right >= 0)) throw new RangeError(`right: expected a code ≥ 0, got ${right}`);
			if (this.cold !== void 0) throw new RangeError(`right: expected no pair in ${this.name}, whose rows are recalled`);
			row = this.#insert(left, right);
		}
		return this.#touch(row);
	}
	peek(key, time) {
		const row = this.#rowOfCode[key];
		return row === void 0 ? none : this.#alive(row - 1, time);
	}
	peekPair(left, right, time) {
		return this.#alive(this.#pairs.find(this.#links, left, right), time);
	}
	delete(key) {
		this.cold?.drop(this.#dictionary.text(key));
		const row = this.#rowOfCode[key];
		if (row !== void 0 && row > 0) this.#delete(row - 1);
	}
	drain(visit) {
		const writer = this.#writer;
		writer.clear();
		this.#drainDeleted(visit);
		for (let i = 0; i < this.#changedLength; i += 1) {
			const row = this.#changed[i];
			const link = row * linksWidth;
			this.#flags[row] = this.#flags[row] & -2;
			if (this.#links[link] === freeRow) continue;
			this.#flags[row] = this.#flags[row] | stored;
			writeKey(writer, this.#dictionary, this.#links[link], this.#links[link + rightOf]);
			const keyEnd = writer.length;
			const from = row * this.#stride;
			for (let at = from; at < from + this.#stride; at += 1) writer.float64(this.values[at]);
			visit(writer.bytes, keyEnd, writer.length, false);
			writer.clear();
		}
		this.#changedLength = 0;
		if (!this.#headerChanged) return;
		this.#headerChanged = false;
		writer.float64(this.#clock);
		writer.float64(this.#sequence);
		visit(writer.bytes, 0, writer.length, false);
		writer.clear();
	}
	restore(key, value) {
		const length = key.length === 0 ? 2 : this.#stride;
		if (value.length !== length * 8) throw new EngineError("SNAPSHOT_FOREIGN", `table ${this.name}: expected ${length * 8} bytes per key, found ${value.length}`);
		const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
		if (key.length === 0) {
			this.#clock = view.getFloat64(0, true);
			this.#sequence = view.getFloat64(8, true);
			return;
		}
		const { left, right } = readKey(key, this.#dictionary);
		const row = this.#newRow(left, right);
		this.#flags[row] = stored;
		const to = row * this.#stride;
		for (let i = 0; i < length; i += 1) this.values[to + i] = view.getFloat64(i * 8, true);
	}
	restored() {
		if (!this.#ordered) return;
		const sequences = new Float64Array(this.#rows);
		for (let row = 0; row < this.#rows; row += 1) sequences[row] = this.values[row * this.#stride + this.width + 1];
		for (const row of sequenceOrder(sequences)) this.#append(row);
		while (this.#size > this.#keysMax) this.#makeRoom();
		if (this.#size > 0) this.#expire();
	}
	#alive(row, time) {
		if (row < 0) return none;
		const at = row * this.#stride;
		return time - this.values[at + this.width] > this.#ttlMs ? none : at;
	}
	#advance(time) {
		this.#clock = time;
		this.#headerChanged = true;
		if (this.#oldest !== none) this.#expire();
	}
	#expire() {
		while (this.#oldest !== none) {
			const touched = this.values[this.#oldest * this.#stride + this.width];
			if (!(this.#clock - touched > this.#ttlMs)) return;
			this.#delete(this.#oldest);
		}
	}
	#touch(row) {
		const at = row * this.#stride;
		this.values[at + this.width] = this.#clock;
		this.values[at + this.width + 1] = this.#sequence;
		this.#sequence += 1;
		this.#headerChanged = true;
		if ((this.#flags[row] & dirty$1) === 0) this.#markChanged(row);
		if (this.#ordered && row !== this.#newest) {
			this.#unlink(row);
			this.#append(row);
		}
		return at;
	}
	#markChanged(row) {
		this.#flags[row] = this.#flags[row] | dirty$1;
		if (this.#changedLength === this.#changed.length) this.#changed = grown(this.#changed, this.#changed.length * 2);
		this.#changed[this.#changedLength] = row;
		this.#changedLength += 1;
	}
	#insert(left, right) {
		if (!(left >= 0)) throw new RangeError(`key: expected a code ≥ 0, got ${left}`);
		const back = this.cold?.take(this.#dictionary.text(left));
		if (this.#size >= this.#keysMax) this.#makeRoom();
		const row = this.#newRow(left, right);
		if (back !== void 0) this.values.set(back, row * this.#stride);
		if (this.#ordered) this.#append(row);
		return row;
	}
	/** The least recently touched row goes. */
	#makeRoom() {
		const row = this.#oldest;
		if (this.cold !== void 0) {
			const from = row * this.#stride;
			const key = this.#dictionary.text(this.#links[row * linksWidth]);
			this.cold.put(key, this.values.slice(from, from + this.width));
		}
		this.#delete(row);
	}
	#newRow(left, right) {
		let row = this.#freeRow;
		if (row !== none) this.#freeRow = this.#links[row * linksWidth + newerOf];
		else {
			if (this.#rows === this.#capacity) this.#grow();
			row = this.#rows;
			this.#rows += 1;
		}
		this.#dictionary.retain(left);
		this.#links[row * linksWidth] = left;
		this.#links[row * linksWidth + rightOf] = right;
		if (right >= 0) {
			this.#dictionary.retain(right);
			this.#pairs.add(this.#links, row);
		} else {
			if (left >= this.#rowOfCode.length) this.#rowOfCode = grown(this.#rowOfCode, Math.max(left + 1, this.#dictionary.capacity));
			this.#rowOfCode[left] = row + 1;
		}
		this.#size += 1;
		return row;
	}
	#delete(row) {
		const link = row * linksWidth;
		const left = this.#links[link];
		const right = this.#links[link + rightOf];
		if (this.#ordered) this.#unlink(row);
		if (right >= 0) this.#pairs.remove(this.#links, row);
		else this.#rowOfCode[left] = 0;
		if ((this.#flags[row] & stored) !== 0) this.#deleted.push(left, right);
		else this.#releaseCodes(left, right);
		this.#flags[row] = this.#flags[row] & dirty$1;
		this.values.fill(0, row * this.#stride, (row + 1) * this.#stride);
		this.#links[link] = freeRow;
		this.#links[link + newerOf] = this.#freeRow;
		this.#freeRow = row;
		this.#size -= 1;
	}
	#drainDeleted(visit) {
		const writer = this.#writer;
		for (let i = 0; i < this.#deleted.length; i += 2) {
			const left = this.#deleted[i];
			const right = this.#deleted[i + 1];
			if ((right >= 0 ? this.#pairs.find(this.#links, left, right) : this.#rowOfCode[left] - 1) < 0) {
				writeKey(writer, this.#dictionary, left, right);
				visit(writer.bytes, writer.length, writer.length, true);
				writer.clear();
			}
			this.#releaseCodes(left, right);
		}
		this.#deleted = [];
	}
	#releaseCodes(left, right) {
		this.#dictionary.release(left);
		if (right >= 0) this.#dictionary.release(right);
	}
	#append(row) {
		this.#links[row * linksWidth + olderOf] = this.#newest;
		this.#links[row * linksWidth + newerOf] = none;
		if (this.#newest === none) this.#oldest = row;
		else this.#links[this.#newest * linksWidth + newerOf] = row;
		this.#newest = row;
	}
	#unlink(row) {
		const older = this.#links[row * linksWidth + olderOf];
		const newer = this.#links[row * linksWidth + newerOf];
		if (older === none) this.#oldest = newer;
		else this.#links[older * linksWidth + newerOf] = newer;
		if (newer === none) this.#newest = older;
		else this.#links[newer * linksWidth + olderOf] = older;
	}
	#grow() {
		const roomy = Math.ceil(this.#capacity * 1.5);
		this.#capacity = Math.max(this.#capacity + 1, Math.min(roomy, this.#keysMax));
		this.#links = grown(this.#links, this.#capacity * linksWidth);
		this.#flags = grown(this.#flags, this.#capacity);
		this.values = grown(this.values, this.#capacity * this.#stride);
	}
};
/**
* @param dictionary whose codes are the keys; a held key keeps its code alive
* @throws RangeError when `width`, `keysMax` or `ttlMs` is out of range, or rows both expire and are recalled
*/
function createNumberTable(name, dictionary, options) {
	return new FlatNumberTable(name, dictionary, options);
}
// operators/state/plainData.ts
const tags = {
	null: 0,
	false: 1,
	true: 2,
	/** A whole number ≥ 0 as LEB128; the next one its negative. */
	natural: 3,
	negative: 4,
	double: 5,
	text: 6,
	array: 7,
	object: 8,
	/** A typed array: its kind, its length, its bytes. */
	typed: 9
};
const typedKinds = [
	Float64Array,
	Float32Array,
	Int32Array,
	Uint32Array,
	Int16Array,
	Uint16Array,
	Int8Array,
	Uint8Array
];
/** @throws TypeError for what is no plain data */
function writePlain(writer, value) {
	if (typeof value === "number") writeNumber(writer, value);
	else if (typeof value === "string") {
		writer.uint8(tags.text);
		writer.text(value);
	} else if (typeof value === "boolean") writer.uint8(value ? tags.true : tags.false);
	else if (value === null) writer.uint8(tags.null);
	else if (Array.isArray(value)) {
		writer.uint8(tags.array);
		writer.varint(value.length);
		for (const each of value) writePlain(writer, each);
	} else if (ArrayBuffer.isView(value)) writeTyped(writer, value);
	else if (typeof value === "object") {
		const entries = Object.entries(value);
		writer.uint8(tags.object);
		writer.varint(entries.length);
		for (const [name, each] of entries) {
			writer.text(name);
			writePlain(writer, each);
		}
	} else throw new TypeError(`state: expected plain data, got ${typeof value}`);
}
function writeNumber(writer, value) {
	if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
		writer.uint8(value < 0 ? tags.negative : tags.natural);
		writer.varint(Math.abs(value));
	} else {
		writer.uint8(tags.double);
		writer.float64(value);
	}
}
function writeTyped(writer, value) {
	const kind = typedKinds.findIndex((each) => value instanceof each);
	if (kind < 0) throw new TypeError(`state: expected plain data, got ${value.constructor.name}`);
	writer.uint8(tags.typed);
	writer.uint8(kind);
	const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	writer.string(bytes, 0, bytes.length);
}
/** @throws EngineError SNAPSHOT_FOREIGN for bytes that `writePlain` did not write */
function readPlain(bytes) {
	const reader = new PlainReader(bytes);
	const value = reader.value();
	if (reader.atEnd) return value;
	throw new EngineError("SNAPSHOT_FOREIGN", "stored state has bytes behind its end");
}
var PlainReader = class {
	#bytes;
	#view;
	#at = 0;
	constructor(bytes) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
	get atEnd() {
		return this.#at === this.#bytes.length;
	}
	value() {
		const tag = this.#byte();
		switch (tag) {
			case tags.null: return null;
			case tags.false: return false;
			case tags.true: return true;
			case tags.natural: return this.#varint();
			case tags.negative: return -this.#varint();
			case tags.double:
				this.#at += 8;
				return this.#view.getFloat64(this.#at - 8, true);
			case tags.text: return this.#text();
			case tags.array: return Array.from({ length: this.#varint() }, () => this.value());
			case tags.object: return this.#object();
			case tags.typed: return this.#typed();
			default: throw new EngineError("SNAPSHOT_FOREIGN", `stored state has the unknown tag ${tag}`);
		}
	}
	#object() {
		return Object.fromEntries(Array.from({ length: this.#varint() }, () => [this.#text(), this.value()]));
	}
	#typed() {
		const kind = typedKinds[this.#byte()];
		if (kind === void 0) throw new EngineError("SNAPSHOT_FOREIGN", "unknown kind of array");
		return new kind(new Uint8Array(this.#slice()).buffer);
	}
	#text() {
		return Buffer.from(this.#slice()).toString("utf8");
	}
	#slice() {
		const length = this.#varint();
		this.#at += length;
		return this.#bytes.subarray(this.#at - length, this.#at);
	}
	#varint() {
		let value = 0;
		for (let scale = 1;; scale *= 128) {
			const byte = this.#byte();
			value += (byte & 127) * scale;
			if (byte < 128) return value;
		}
	}
	#byte() {
		const byte = this.#bytes[this.#at++];
		if (byte === void 0) throw new EngineError("SNAPSHOT_FOREIGN", "stored state is cut off");
		return byte;
	}
};
// operators/state/objectTable.ts
/**
* Any plain-data state per text key. Iterates in the order of the keys, whatever the order in which they came.
*
* Costs some µs a changed key at each cut: large populations belong into a table of numbers.
*/
const encoder$4 = new TextEncoder();
const decoder$2 = new TextDecoder("utf-8", { ignoreBOM: true });
var MapObjectTable = class {
	name;
	version;
	#entries = /* @__PURE__ */ new Map();
	#changed = /* @__PURE__ */ new Set();
	/** Never stored or not: a lost worker may have stored them, by an insert that lands late. */
	#deleted = /* @__PURE__ */ new Set();
	#writer = new ByteWriter();
	constructor(name, version) {
		this.name = name;
		this.version = version;
	}
	get size() {
		return this.#entries.size;
	}
	get(key) {
		return this.#entries.get(key);
	}
	set(key, state) {
		this.#entries.set(key, state);
		this.#changed.add(key);
		this.#deleted.delete(key);
	}
	delete(key) {
		this.#entries.delete(key);
		this.#changed.delete(key);
		this.#deleted.add(key);
	}
	*entries() {
		for (const key of [...this.#entries.keys()].sort()) yield [key, this.#entries.get(key)];
	}
	drain(visit) {
		const writer = this.#writer;
		for (const key of this.#deleted) {
			const keyEnd = this.#writeKey(key);
			visit(writer.bytes, keyEnd, keyEnd, true);
		}
		this.#deleted.clear();
		for (const key of this.#changed) {
			const keyEnd = this.#writeKey(key);
			writePlain(writer, this.#entries.get(key));
			visit(writer.bytes, keyEnd, writer.length, false);
		}
		this.#changed.clear();
	}
	restore(key, value) {
		const text = decoder$2.decode(key);
		try {
			this.#entries.set(text, readPlain(value));
		} catch (cause) {
			throw new EngineError("SNAPSHOT_FOREIGN", `table ${this.name}: the state of key ${JSON.stringify(text)} cannot be read`, { cause });
		}
	}
	restored() {}
	#writeKey(key) {
		this.#writer.clear();
		const bytes = encoder$4.encode(key);
		this.#writer.raw(bytes, 0, bytes.length);
		return this.#writer.length;
	}
};
function createObjectTable(name, version = 1) {
	return new MapObjectTable(name, version);
}
// operators/state/vectorTable.ts
/**
* A vector of numbers checkpointed by pages of 64: an epoch stores what it touched, and what nobody touched is zero.
*
* Stored key: the page's number in decimal; value: its numbers as little-endian doubles.
*/
const pageLength = 64;
const dirty = 1;
const held = 2;
const decoder$1 = new TextDecoder();
var PagedVectorTable = class {
	name;
	version;
	values;
	#flags;
	#changed;
	#changedLength = 0;
	#size = 0;
	#writer = new ByteWriter();
	constructor(name, length, version) {
		if (!Number.isInteger(length) || length < 1) throw new RangeError(`length: expected an integer ≥ 1, got ${length}`);
		this.name = name;
		this.version = version;
		this.values = new Float64Array(length);
		this.#flags = new Uint8Array(Math.ceil(length / pageLength));
		this.#changed = new Int32Array(this.#flags.length);
	}
	/** Pages touched so far. */
	get size() {
		return this.#size;
	}
	touch(index) {
		const page = index >>> 6;
		const flags = this.#flags[page];
		if (flags === void 0) throw new RangeError(`index: expected in the vector, got ${index}`);
		if ((flags & dirty) !== 0) return;
		if (flags === 0) this.#size += 1;
		this.#flags[page] = 3;
		this.#changed[this.#changedLength] = page;
		this.#changedLength += 1;
	}
	drain(visit) {
		const writer = this.#writer;
		for (let i = 0; i < this.#changedLength; i += 1) {
			const page = this.#changed[i];
			this.#flags[page] = held;
			writer.clear();
			for (const digit of String(page)) writer.uint8(digit.charCodeAt(0));
			const keyEnd = writer.length;
			const end = Math.min((page + 1) * pageLength, this.values.length);
			for (let at = page * pageLength; at < end; at += 1) writer.float64(this.values[at]);
			visit(writer.bytes, keyEnd, writer.length, false);
		}
		this.#changedLength = 0;
	}
	restore(key, value) {
		const page = Number(decoder$1.decode(key));
		const from = page * pageLength;
		const length = Math.min(pageLength, this.values.length - from);
		if (!Number.isInteger(page) || page < 0 || value.length !== length * 8) throw new EngineError("SNAPSHOT_FOREIGN", `table ${this.name}: page ${page} of ${value.length} bytes does not fit ${this.values.length} numbers`);
		const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
		for (let i = 0; i < length; i += 1) this.values[from + i] = view.getFloat64(i * 8, true);
		if (this.#flags[page] === 0) this.#size += 1;
		this.#flags[page] = held;
	}
	restored() {}
};
/** @throws RangeError when `length` is not a positive integer */
function createVectorTable(name, length, version = 1) {
	return new PagedVectorTable(name, length, version);
}
// operators/state/stateTables.ts
/** @returns a factory whose functions throw a RangeError when a name is empty or taken */
function createStateTables(dictionary) {
	const all = [];
	const add = (table) => {
		if (table.name === "") throw new RangeError("name: expected a text, got nothing");
		if (all.some(({ name }) => name === table.name)) throw new RangeError(`name: expected a new one, got ${table.name} again`);
		all.push(table);
		return table;
	};
	return {
		dictionary,
		all,
		numbers(name, options) {
			const table = add(createNumberTable(name, dictionary, options));
			if (table.cold !== void 0) add(table.cold);
			return table;
		},
		vector: (name, length, version) => add(createVectorTable(name, length, version)),
		objects: (name, version) => add(createObjectTable(name, version)),
		add
	};
}
// operators/watermark.ts
/** Event time as a clock: how far the stream has come, known before each row. */
const key = "clock";
/**
* Adds the watermark before each row: the largest time seen in earlier rows, less the allowed lateness.
*
* ```text
* times                       --[3 9]--[5 12]--|
* watermark({ latenessMs: 4 })--[-∞ -1]--[5 5]--|
* ```
*
* A time after the batch's reception counts as the reception, so that one wrong clock cannot close everybody's windows.
* Depends on the rows alone, not on how they are cut into batches. Synchronous: one batch out for each in. As behind
* every operator with a table, whoever needs the result twice must `share` it: two subscriptions would step the state twice.
*
* @param latenessMs how far behind the latest event an event may come, ms, ≥ 0
* @param table      where the clock survives a restart
* @param timeless   types of rows that leave the clock where it is: see `clockTimes`
* @throws RangeError when `latenessMs` is negative or not finite
*/
function watermark({ latenessMs, table, timeless }) {
	if (!(latenessMs >= 0 && latenessMs < Infinity)) throw new RangeError(`latenessMs: expected ≥ 0 and finite, got ${latenessMs}`);
	return (0, import_cjs.map)((batch) => {
		const times = clockTimes(batch, timeless);
		const watermarks = new Float64Array(batch.length);
		const before = table.get(key)?.clock ?? -Infinity;
		let clock = before;
		for (let row = 0; row < batch.length; row += 1) {
			watermarks[row] = clock - latenessMs;
			clock = Math.max(clock, times[row]);
		}
		if (clock > before) table.set(key, { clock });
		return {
			...batch,
			watermarks
		};
	});
}
// sources/decode/columnPlan.ts
const names = [
	"id",
	"type",
	"user",
	"item",
	"session",
	"decision"
];
const figures = ["time", "value"];
/** @throws RangeError when a path is empty or asks for text as number or the reverse */
function planColumns(columns) {
	const strings = [.../* @__PURE__ */ new Set([
		"type",
		"user",
		"item",
		...columns.strings
	])];
	const numbers = [.../* @__PURE__ */ new Set([...figures, ...columns.numbers])];
	const root = {
		codes: -1,
		numbers: -1,
		children: /* @__PURE__ */ new Map()
	};
	for (const [slot, path] of strings.entries()) {
		if (figures.includes(path)) throw new RangeError(`strings: expected text, got ${path}`);
		nodeAt(root, path).codes = slot;
	}
	for (const [slot, path] of numbers.entries()) {
		if (names.includes(path)) throw new RangeError(`numbers: expected a number, got ${path}`);
		nodeAt(root, path).numbers = slot;
	}
	return {
		strings,
		numbers,
		root
	};
}
function nodeAt(root, path) {
	let node = root;
	for (const key of path.split(".")) {
		if (key === "") throw new RangeError(`columns: expected keys joined by points, got '${path}'`);
		let child = node.children.get(key);
		if (child === void 0) {
			child = {
				codes: -1,
				numbers: -1,
				children: /* @__PURE__ */ new Map()
			};
			node.children.set(key, child);
		}
		node = child;
	}
	return node;
}
// sources/decode/draft.ts
/**
* Every row begins as absent: codes −1, numbers NaN, texts −1. All columns lie in one buffer, because many small ones cost
* more to allocate than to fill.
*/
function startDraft(chunk, plan, dictionary) {
	const size = chunk.length;
	const wide = plan.numbers.length + 1;
	const narrow = 2 * plan.strings.length + 10;
	const buffer = /* @__PURE__ */ new ArrayBuffer(size * (8 * wide + 4 * narrow));
	let used = 0;
	const take = (width) => {
		used += width * size;
		return used - width * size;
	};
	const float64 = () => new Float64Array(buffer, take(8), size);
	const int32 = () => new Int32Array(buffer, take(4), size);
	const uint32 = () => new Uint32Array(buffer, take(4), size);
	const text = () => ({
		starts: int32().fill(-1),
		ends: int32()
	});
	const offsets = float64();
	const numbers = plan.numbers.map(() => float64().fill(NaN));
	const [id, session, decision] = [
		text(),
		text(),
		text()
	];
	return {
		chunk,
		plan,
		dictionary,
		length: 0,
		offsets,
		codes: plan.strings.map(() => int32().fill(-1)),
		lengths: plan.strings.map(int32),
		numbers,
		id,
		session,
		decision,
		texts: [
			id,
			session,
			decision
		],
		raw: text(),
		idLow: uint32(),
		idHigh: uint32(),
		spill: new ByteWriter(0),
		refusals: []
	};
}
/** Makes the row being written absent again, after an attempt that was given up. */
function clearRow(draft) {
	const row = draft.length;
	for (const codes of draft.codes) codes[row] = -1;
	for (const lengths of draft.lengths) lengths[row] = 0;
	for (const numbers of draft.numbers) numbers[row] = NaN;
	for (const { starts } of draft.texts) starts[row] = -1;
}
/** The row is complete: `record` counts within the chunk. */
function acceptRow(draft, record, start, end) {
	const row = draft.length;
	draft.offsets[row] = draft.chunk.firstOffset + record;
	draft.raw.starts[row] = start;
	draft.raw.ends[row] = end;
	draft.length = row + 1;
}
function finishDraft(draft) {
	const { chunk, plan, length } = draft;
	const bytes = withSpill(chunk.bytes, draft.spill);
	const text = ({ starts, ends }, of) => ({
		bytes: of,
		starts: starts.subarray(0, length),
		ends: ends.subarray(0, length)
	});
	return {
		partition: chunk.partition,
		firstOffset: chunk.firstOffset,
		endOffset: chunk.firstOffset + chunk.length,
		receivedAt: chunk.receivedAt,
		length,
		offsets: draft.offsets.subarray(0, length),
		dictionary: draft.dictionary,
		numbers: new Map(plan.numbers.map((name, i) => [name, draft.numbers[i].subarray(0, length)])),
		codes: new Map(plan.strings.map((name, i) => [name, draft.codes[i].subarray(0, length)])),
		texts: /* @__PURE__ */ new Map([
			["id", text(draft.id, bytes)],
			["session", text(draft.session, bytes)],
			["decision", text(draft.decision, bytes)]
		]),
		idLow: draft.idLow.subarray(0, length),
		idHigh: draft.idHigh.subarray(0, length),
		raw: text(draft.raw, chunk.bytes),
		refusals: draft.refusals,
		...chunk.origins === void 0 ? {} : { origins: chunk.origins }
	};
}
function withSpill(bytes, spill) {
	if (spill.length === 0) return bytes;
	const joined = new Uint8Array(bytes.length + spill.length);
	joined.set(bytes);
	joined.set(spill.bytes.subarray(0, spill.length), bytes.length);
	return joined;
}
// sources/decode/internColumn.ts
const width = 4;
/** Misses, less hits, after which a column goes on without the memory. */
const missesMax = 32;
const hitsMax = 256;
function codeMemory() {
	return {
		slots: /* @__PURE__ */ new Int32Array(1024),
		turn: 0
	};
}
/**
* @param codes   start of each string to be interned, to be replaced by its code
* @param lengths bytes of each, 0 where `codes` is not to be changed
*/
function internColumn(memory, dictionary, text, codes, lengths, count) {
	const { view } = text;
	const { slots } = memory;
	const turn = nextTurn(memory);
	let credit = missesMax;
	for (let row = 0; row < count; row += 1) {
		const length = lengths[row];
		if (length === 0) continue;
		const start = codes[row];
		if (length < 4 || credit < 0) {
			codes[row] = dictionary.intern(text, start, start + length);
			continue;
		}
		const head = view.getInt32(start, true);
		const tail = view.getInt32(start + length - 4, true);
		const slot = (Math.imul(head ^ Math.imul(tail, 31) ^ length, 2654435761) >>> 24) * width;
		if (slots[slot] === turn && slots[slot + 2] === length && isSame(view, slots[slot + 1], start, length)) {
			codes[row] = slots[slot + 3];
			if (credit < hitsMax) credit += 1;
			continue;
		}
		const code = dictionary.intern(text, start, start + length);
		codes[row] = code;
		slots[slot] = turn;
		slots[slot + 1] = start;
		slots[slot + 2] = length;
		slots[slot + 3] = code;
		credit -= 1;
	}
}
function nextTurn(memory) {
	if (memory.turn === 1073741823) {
		memory.slots.fill(0);
		memory.turn = 0;
	}
	memory.turn += 1;
	return memory.turn;
}
function isSame(view, left, right, length) {
	const last = length - 4;
	for (let i = 0; i < last; i += 4) if (view.getInt32(left + i, true) !== view.getInt32(right + i, true)) return false;
	return view.getInt32(left + last, true) === view.getInt32(right + last, true);
}
// sources/decode/jsonNumber.ts
/**
* Numbers of JSON from bytes, each as the double that `JSON.parse` gives.
*
* A significand below 2^53 and a power of ten up to 10^22 are both exact doubles, so one multiplication or division rounds
* correctly; whatever is larger goes through `Number`.
*
* Source: Clinger 1990, "How to read floating point numbers accurately" (the fast path).
*/
const exactPowers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const significandMax = 2 ** 53;
const digitsMax = 16;
/**
* Reads the number that starts at `start` into `target[index]`.
*
* @returns position behind it; −1 when the grammar of JSON does not allow what stands there
*/
function readNumber(bytes, start, end, target, index) {
	let at = start;
	const negative = bytes[at] === 45;
	if (negative) at += 1;
	let significand = 0;
	/** Digits from the first that is not 0. */
	let digits = 0;
	let scale = 0;
	const whole = at;
	for (; at < end; at += 1) {
		const digit = bytes[at] - 48;
		if (digit >>> 0 > 9) break;
		significand = significand * 10 + digit;
		if (significand !== 0) digits += 1;
	}
	if (at === whole || at > whole + 1 && bytes[whole] === 48) return -1;
	if (at < end && bytes[at] === 46) {
		at += 1;
		const fraction = at;
		for (; at < end; at += 1) {
			const digit = bytes[at] - 48;
			if (digit >>> 0 > 9) break;
			significand = significand * 10 + digit;
			if (significand !== 0) digits += 1;
		}
		if (at === fraction) return -1;
		scale = fraction - at;
	}
	if (at < end && (bytes[at] | 32) === 101) {
		const mark = at;
		at = exponentEnd(bytes, at, end);
		if (at < 0) return -1;
		const exponent = bytes[mark + 1] === 43 ? mark + 2 : mark + 1;
		scale += at - exponent > 6 ? 1e6 : Number(ascii$1(bytes, exponent, at));
	}
	if (digits <= digitsMax && significand < significandMax && scale >= -22 && scale <= 22) {
		const size = scale < 0 ? significand / exactPowers[-scale] : significand * exactPowers[scale];
		target[index] = negative ? -size : size;
	} else target[index] = Number(ascii$1(bytes, start, at));
	return at;
}
/** Position behind the number that starts at `start`, −1 when it is none. */
function skipNumber(bytes, start, end) {
	const whole = bytes[start] === 45 ? start + 1 : start;
	let at = digitsEnd(bytes, whole, end);
	if (at === whole || at > whole + 1 && bytes[whole] === 48) return -1;
	if (at < end && bytes[at] === 46) {
		const fraction = at + 1;
		at = digitsEnd(bytes, fraction, end);
		if (at === fraction) return -1;
	}
	return at < end && (bytes[at] | 32) === 101 ? exponentEnd(bytes, at, end) : at;
}
/** Position behind the exponent whose `e` stands at `mark`, −1 when it has no digit. */
function exponentEnd(bytes, mark, end) {
	const sign = bytes[mark + 1];
	const first = sign === 43 || sign === 45 ? mark + 2 : mark + 1;
	const at = digitsEnd(bytes, first, end);
	return at === first ? -1 : at;
}
function digitsEnd(bytes, start, end) {
	let at = start;
	while (at < end && bytes[at] - 48 >>> 0 <= 9) at += 1;
	return at;
}
function ascii$1(bytes, start, end) {
	let text = "";
	for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at]);
	return text;
}
// sources/decode/utf8.ts
/**
* UTF-8 by bytes, exactly as a fatal `TextDecoder` judges it: no overlong form, no surrogate, nothing above U+10FFFF.
*
* Source: Unicode 16, table 3-7 (well-formed UTF-8 byte sequences).
*/
/** Position behind the character of two to four bytes that starts at `at`; −1 when it is not well-formed. */
function skipCharacter(bytes, at, end) {
	const lead = bytes[at];
	if (lead < 194 || lead > 244 || at + 1 >= end) return -1;
	const second = bytes[at + 1];
	if (lead < 224) return (second & 192) === 128 ? at + 2 : -1;
	if (second < (lead === 224 ? 160 : lead === 240 ? 144 : 128) || second > (lead === 237 ? 159 : lead === 244 ? 143 : 191)) return -1;
	const next = lead < 240 ? at + 3 : at + 4;
	if (next > end) return -1;
	for (let i = at + 2; i < next; i += 1) if ((bytes[i] & 192) !== 128) return -1;
	return next;
}
/** Position of the first byte that is not well-formed UTF-8, `end` when all is. */
function findMalformed(bytes, start, end) {
	let at = start;
	while (at < end) {
		if (bytes[at] < 128) {
			at += 1;
			continue;
		}
		const next = skipCharacter(bytes, at, end);
		if (next < 0) return at;
		at = next;
	}
	return end;
}
// sources/decode/jsonSkip.ts
/**
* Position of the quote that closes the string whose text begins at `start`.
*
* Four bytes at once: a byte's highest bit is set when, exclusive-or 2, it is at most 0x20 (a control character or the
* quote), when it is the backslash, or when it is not ASCII. A borrow can only spoil the bytes above the first so marked.
*
* @returns −1 when the text holds an escape, a control character or malformed UTF-8, or does not end before `end`
*/
function plainEnd(bytes, view, start, end) {
	let at = start;
	for (;;) {
		for (; at + 4 <= end; at += 4) {
			const word = view.getInt32(at, true);
			const marks = ((word ^ 33686018) - 555819297 | (word ^ 1549556828) - 16843009 | word) & 2155905152;
			if (marks !== 0) {
				at += 31 - Math.clz32(marks & -marks) >> 3;
				break;
			}
		}
		if (at >= end) return -1;
		const byte = bytes[at];
		if (byte === 34) return at;
		if (byte < 32 || byte === 92) return -1;
		at = byte < 128 ? at + 1 : skipCharacter(bytes, at, end);
		if (at < 0) return -1;
	}
}
/** Position behind white space, of which there is seldom any. */
function skipSpace(bytes, start) {
	let at = start;
	while (bytes[at] <= 32) {
		const byte = bytes[at];
		if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) break;
		at += 1;
	}
	return at;
}
/**
* Position behind the value that starts at `start`; −1 when it is not JSON, nests too deep or has a forbidden key.
*
* @param depth levels around the value
*/
function skipValue(text, start, end, depth) {
	const { bytes } = text;
	if (start >= end) return -1;
	switch (bytes[start]) {
		case 34: return skipString(text, start + 1, end);
		case 123: return depth < 16 ? skipObject(text, start + 1, end, depth + 1) : -1;
		case 91: return depth < 16 ? skipArray(text, start + 1, end, depth + 1) : -1;
		case 116:
		case 102:
		case 110: return skipLiteral(bytes, start, end);
		default: return skipNumber(bytes, start, end);
	}
}
/** Position behind `true`, `false` or `null`, −1 when none stands there. */
function skipLiteral(bytes, start, end) {
	const first = bytes[start];
	const literal = first === 116 ? literals.true : first === 102 ? literals.false : literals.null;
	const next = start + literal.length;
	if (next > end) return -1;
	for (let i = 0; i < literal.length; i += 1) if (bytes[start + i] !== literal[i]) return -1;
	return next;
}
const ascii = new TextEncoder();
const literals = {
	true: ascii.encode("true"),
	false: ascii.encode("false"),
	null: ascii.encode("null")
};
function skipString(text, start, end) {
	const { bytes } = text;
	let at = start;
	for (;;) {
		const quote = plainEnd(bytes, text.view, at, end);
		if (quote >= 0) return quote + 1;
		at = firstUnplain(text, at, end);
		if (at + 1 >= end || bytes[at] !== 92) return -1;
		const escaped = bytes[at + 1];
		if (escaped === 117) {
			for (let i = at + 2; i < at + 6; i += 1) if (i >= end || !isHexadecimal(bytes[i])) return -1;
			at += 6;
		} else if (escapes.includes(escaped)) at += 2;
		else return -1;
	}
}
const escapes = ascii.encode("\"\\/bfnrt");
/** Position of the first byte that {@link plainEnd} does not pass. */
function firstUnplain({ bytes }, start, end) {
	let at = start;
	while (at < end) {
		const byte = bytes[at];
		if (byte < 32 || byte === 92) return at;
		const next = byte < 128 ? at + 1 : skipCharacter(bytes, at, end);
		if (next < 0) return at;
		at = next;
	}
	return at;
}
function isHexadecimal(byte) {
	return byte >= 48 && byte <= 57 || (byte | 32) >= 97 && (byte | 32) <= 102;
}
function skipArray(text, start, end, depth) {
	const { bytes } = text;
	let at = skipSpace(bytes, start);
	if (bytes[at] === 93) return at + 1;
	for (;;) {
		at = skipValue(text, at, end, depth);
		if (at < 0) return -1;
		at = skipSpace(bytes, at);
		if (bytes[at] === 93) return at + 1;
		if (bytes[at] !== 44) return -1;
		at = skipSpace(bytes, at + 1);
	}
}
function skipObject(text, start, end, depth) {
	const { bytes } = text;
	let at = skipSpace(bytes, start);
	if (bytes[at] === 125) return at + 1;
	for (;;) {
		const colon = skipKey(text, at, end);
		if (colon < 0) return -1;
		at = skipValue(text, skipSpace(bytes, colon + 1), end, depth);
		if (at < 0) return -1;
		at = skipSpace(bytes, at);
		if (bytes[at] === 125) return at + 1;
		if (bytes[at] !== 44) return -1;
		at = skipSpace(bytes, at + 1);
	}
}
/** Position of the colon behind the plain, allowed key whose opening quote stands at `start`; −1 for anything else. */
function skipKey(text, start, end) {
	const { bytes } = text;
	if (bytes[start] !== 34) return -1;
	const quote = plainEnd(bytes, text.view, start + 1, end);
	if (quote < 0 || isForbidden(bytes, start + 1, quote)) return -1;
	const colon = skipSpace(bytes, quote + 1);
	return bytes[colon] === 58 ? colon : -1;
}
const forbidden = [...forbiddenKeys].map((key) => ascii.encode(key));
function isForbidden(bytes, start, end) {
	for (const key of forbidden) {
		if (key.length !== end - start) continue;
		let same = 0;
		while (same < key.length && bytes[start + same] === key[same]) same += 1;
		if (same === key.length) return true;
	}
	return false;
}
// sources/decode/literal.ts
/** @throws RangeError when there are fewer than four bytes */
function literalAt(source, start, end) {
	const length = end - start;
	if (length < 4) throw new RangeError(`literal: expected at least 4 bytes, got ${length}`);
	const view = new DataView(source.buffer, source.byteOffset + start, length);
	const middle = Float64Array.from({ length: Math.max(0, Math.ceil(length / 8) - 2) }, (_, i) => view.getFloat64(8 * i + 8, true));
	return {
		length,
		headWord: view.getInt32(0, true),
		tailWord: view.getInt32(length - 4, true),
		head: length < 8 ? NaN : view.getFloat64(0, true),
		tail: length < 8 ? NaN : view.getFloat64(length - 8, true),
		middle
	};
}
/** Whether the literal stands at `at` and ends at or before `end`. */
function stands(literal, view, at, end) {
	const { length } = literal;
	if (at + length > end) return false;
	if (length < 8) return view.getInt32(at, true) === literal.headWord && view.getInt32(at + length - 4, true) === literal.tailWord;
	return view.getFloat64(at, true) === literal.head && view.getFloat64(at + length - 8, true) === literal.tail && (length <= 16 || middleStands(literal.middle, view, at + 8));
}
function middleStands(middle, view, at) {
	for (let i = 0; i < middle.length; i += 1) if (view.getFloat64(at + 8 * i, true) !== middle[i]) return false;
	return true;
}
// sources/decode/knownKeys.ts
const roles = {
	extra: 0,
	name: 1,
	column: 2,
	time: 3,
	value: 4,
	context: 5
};
/** Extra keys remembered for one object; more are read without a guess. */
const extrasMax = 32;
/** Ways remembered from one key to the next. */
const passagesMax = 16;
const encoder$3 = new TextEncoder();
/** All keys are made here, so that they share one hidden class. */
function knownKey(meaning) {
	return {
		role: meaning.role ?? roles.extra,
		required: meaning.required ?? 0,
		nullable: meaning.nullable ?? false,
		texts: meaning.texts ?? -1,
		codes: meaning.codes ?? -1,
		numbers: meaning.numbers ?? -1,
		child: meaning.child,
		event: -1,
		next: new Array(16).fill(void 0),
		passages: []
	};
}
/** The fields of the model; `texts` counts the texts of the draft: id, session, decision. */
const model = {
	id: {
		role: roles.name,
		required: 1,
		texts: 0
	},
	type: {
		role: roles.name,
		required: 2
	},
	time: {
		role: roles.time,
		required: 4,
		numbers: 0
	},
	user: {
		role: roles.name,
		required: 8
	},
	item: {
		role: roles.name,
		nullable: true
	},
	session: {
		role: roles.name,
		nullable: true,
		texts: 1
	},
	value: {
		role: roles.value,
		numbers: 1
	},
	decision: {
		role: roles.name,
		nullable: true,
		texts: 2
	},
	context: { role: roles.context }
};
/** What a decoder knows before the first event: the keys of the model and of the plan. */
function knownEvent(plan) {
	const children = /* @__PURE__ */ new Map();
	for (const name of Object.keys(model)) children.set(name, {
		codes: -1,
		numbers: -1,
		children: /* @__PURE__ */ new Map()
	});
	for (const [name, node] of plan.root.children) children.set(name, node);
	return knownObject(children, model);
}
function knownObject(children, fields) {
	const keys = [...children].map(([name, node]) => {
		const bytes = encoder$3.encode(`${JSON.stringify(name)}:`);
		const field = Object.hasOwn(fields, name) ? fields[name] : void 0;
		const isOpen = node.children.size > 0 && (field === void 0 || name === "context");
		const key = knownKey({
			role: roles.column,
			codes: node.codes,
			numbers: node.numbers,
			child: isOpen ? knownObject(node.children, {}) : void 0,
			...field
		});
		return {
			literal: literalAt(bytes, 0, bytes.length),
			key
		};
	});
	const known = {
		keys,
		keysMax: keys.length + extrasMax,
		parent: void 0,
		parentKey: void 0,
		entry: knownKey({}),
		stranger: knownKey({})
	};
	for (const { key } of keys) {
		if (key.child === void 0) continue;
		key.child.parent = known;
		key.child.parentKey = key;
	}
	return known;
}
/**
* The passage that stands at `at`, among those that followed `previous` before; undefined when none does.
*
* @param kind of the event, below {@link kinds}; 0 while its type is not known yet
*/
function findPassage(view, previous, kind, at, end) {
	const guess = previous.next[kind];
	if (guess !== void 0 && stands(guess, view, at, end)) return guess;
	for (const passage of previous.passages) {
		if (!stands(passage, view, at, end)) continue;
		previous.next[kind] = passage;
		return passage;
	}
}
/**
* Reads its way from a value to the next by the grammar, and remembers it.
*
* @param at behind the value of `previous`, not at the brace that closes the object
* @returns undefined when the reference has to judge: an escape, a forbidden or an empty key, an error
*/
function learnPassage(text, known, previous, at, end) {
	const { bytes, view } = text;
	let quote = skipSpace(bytes, at);
	if (previous !== known.entry) {
		if (bytes[quote] !== 44) return void 0;
		quote = skipSpace(bytes, quote + 1);
	}
	const colon = skipKey(text, quote, end);
	if (colon < quote + 3 || bytes[colon - 1] !== 34) return void 0;
	const key = known.keys.find(({ literal }) => {
		return literal.length === colon + 1 - quote && stands(literal, view, quote, end);
	})?.key ?? learnKey(known, bytes, quote, colon);
	const passage = passageTo(key, literalAt(bytes, at, skipSpace(bytes, colon + 1)));
	if (key === known.stranger || previous === known.stranger) return passage;
	if (previous.passages.length === passagesMax) previous.passages.shift();
	previous.passages.push(passage);
	return passage;
}
/** Field by field: a spread would give the object a slow hidden class. */
function passageTo(key, literal) {
	const { length, headWord, tailWord, head, tail, middle } = literal;
	return {
		length,
		headWord,
		tailWord,
		head,
		tail,
		middle,
		key
	};
}
function learnKey(known, bytes, quote, colon) {
	if (known.keys.length === known.keysMax) return known.stranger;
	const key = knownKey({});
	known.keys.push({
		literal: literalAt(bytes, quote, colon + 1),
		key
	});
	return key;
}
// sources/decode/isoTime.ts
/**
* Date-times by bytes: `2026-03-01T08:30:00Z`, with or without a fraction of the second, in UTC or with an offset.
*
* Takes exactly what `z.iso.datetime({ offset: true })` takes from the year 2000 on, and reads it as `Date.parse` does:
* the fraction cut to milliseconds.
*
* Source: Hinnant, "chrono-compatible low-level date algorithms" (days from civil).
*/
const daysOfMonth = Int32Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
/** Days from 0000-03-01 to 1970-01-01. */
const epochDays = 719468;
/**
* Reads the text behind the opening quote at `at − 1` into `target[index]`, ms since 1970.
*
* @returns position behind the closing quote; −1 for anything else, which may still be a time
*/
function readIsoTime(bytes, at, end, target, index) {
	if (at + 21 > end) return -1;
	if (bytes[at + 4] !== 45 || bytes[at + 7] !== 45 || bytes[at + 10] !== 84) return -1;
	if (bytes[at + 13] !== 58 || bytes[at + 16] !== 58) return -1;
	const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
	const month = twoDigits(bytes, at + 5);
	const day = twoDigits(bytes, at + 8);
	const hour = twoDigits(bytes, at + 11);
	const minute = twoDigits(bytes, at + 14);
	const second = twoDigits(bytes, at + 17);
	if (year < 2e3 || year > 9999 || month < 1 || month > 12 || day < 1) return -1;
	if (hour > 23 || minute > 59 || second > 59) return -1;
	if (day > daysOfMonth[month] && !(month === 2 && day === 29 && isLeap(year))) return -1;
	let next = at + 19;
	let milliseconds = 0;
	if (bytes[next] === 46) {
		next += 1;
		const fraction = next;
		let unit = 100;
		for (; next < end; next += 1) {
			const digit = bytes[next] - 48;
			if (digit >>> 0 > 9) break;
			milliseconds += unit * digit;
			unit = unit === 100 ? 10 : unit === 10 ? 1 : 0;
		}
		if (next === fraction) return -1;
	}
	let offsetMinutes = 0;
	const zone = bytes[next];
	if (zone === 90) next += 1;
	else if (zone === 43 || zone === 45) {
		if (next + 7 > end || bytes[next + 3] !== 58) return -1;
		const hours = twoDigits(bytes, next + 1);
		const minutes = twoDigits(bytes, next + 4);
		if (hours > 23 || minutes > 59) return -1;
		offsetMinutes = hours * 60 + minutes;
		if (zone === 45) offsetMinutes = -offsetMinutes;
		next += 6;
	} else return -1;
	if (next >= end || bytes[next] !== 34) return -1;
	target[index] = (daysSince1970(year, month, day) * 1440 + hour * 60 + minute - offsetMinutes) * 6e4 + second * 1e3 + milliseconds;
	return next + 1;
}
/** 0 … 99; 1,000,000 when there is no digit, so that every range check fails. */
function twoDigits(bytes, at) {
	const tens = bytes[at] - 48;
	const ones = bytes[at + 1] - 48;
	return tens >>> 0 > 9 || ones >>> 0 > 9 ? 1e6 : tens * 10 + ones;
}
function isLeap(year) {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
function daysSince1970(year, month, day) {
	const marchYear = month <= 2 ? year - 1 : year;
	const era = marchYear / 400 | 0;
	const yearOfEra = marchYear - era * 400;
	const dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 | 0) + day - 1;
	const leaps = (yearOfEra / 4 | 0) - (yearOfEra / 100 | 0);
	return era * 146097 + yearOfEra * 365 + leaps + dayOfYear - epochDays;
}
const figureLimit = figureMax.toExponential();
const expectedFigure = `a number from -${figureLimit} to ${figureLimit}`;
const expectedName = `text of 1 to 256 characters without U+0000`;
/** A problem whose reason is one line of well-formed text within its limit. */
function problem(code, reason) {
	const line = reason.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/\p{Cs}/gu, "�");
	if (line.length <= 300) return {
		code,
		reason: line
	};
	return {
		code,
		reason: `${line.slice(0, 299).replace(/\p{Cs}$/u, "")}…`
	};
}
/** The reason in the form that all share: `item: expected text …, got the number 5`. */
function unexpected(code, field, expected, found) {
	return problem(code, `${field.length <= 80 ? field : `${field.slice(0, 79)}…`}: expected ${expected}, got ${describe(found)}`);
}
/** May it name something: a user, an item, a value of a string column? */
function isName(value) {
	return typeof value === "string" && value.length > 0 && value.length <= 256 && !value.includes("\0");
}
/** May it be the value of an event or stand in a number column? Not NaN, not infinite, not absurd. */
function isFigure(value) {
	return Math.abs(value) <= figureMax;
}
/** Whether an event of this time may be taken at `receivedAt`; both in ms since 1970. */
function isTimely(time, receivedAt) {
	return time >= 9466848e5 && time <= receivedAt + 864e5;
}
function untimely(field, time, receivedAt) {
	const latest = new Date(receivedAt + eventAheadMax);
	return problem("EVENT_TIME_OUT_OF_RANGE", `${field}: expected between ${instant(eventTimeMin)} and ${instant(latest.getTime())}, got ${instant(time)}`);
}
function instant(time) {
	const date = new Date(time);
	return Number.isNaN(date.getTime()) ? `${time} ms` : date.toISOString();
}
/** A value in a few words. */
function describe(value) {
	if (value === void 0) return "nothing";
	if (value === null || typeof value === "boolean") return String(value);
	if (typeof value === "number") return `the number ${value}`;
	if (typeof value === "string") {
		if (value.length === 0) return "empty text";
		if (value.length <= 40) return JSON.stringify(value);
		return `${value.length} characters beginning ${JSON.stringify(value.slice(0, 40))}`;
	}
	return Array.isArray(value) ? "an array" : "an object";
}
// sources/decode/readShape.ts
/**
* Writes the draft's next row, all but its offset and what {@link settleRows} adds.
*
* @returns false when anything is unexpected, which need not be wrong; the row is then half-written
*/
function readShape(reader, start, end) {
	const { bytes, draft } = reader;
	const row = draft.length;
	if (end - start > 65536 || bytes[start] !== 123) return false;
	reader.end = end;
	reader.event = reader.event + 1 & 1073741823;
	if (readFields(reader, start + 1) !== end) return false;
	return isTimely(draft.numbers[0][row], draft.chunk.receivedAt);
}
/**
* Reads the event and the planned objects in it, each by the keys known of it.
*
* One loop rather than one call per object or field: the compiler then keeps what it needs at hand.
*
* @param start behind the first brace
* @returns position behind the last one, −1 to give up
*/
function readFields(reader, start) {
	const { bytes, view, end, draft, event } = reader;
	const row = draft.length;
	let known = reader.known;
	let previous = known.entry;
	let depth = 1;
	let found = 0;
	let kind = 0;
	let at = start;
	for (;;) {
		if (bytes[at] === 125) {
			at += 1;
			if (known.parentKey === void 0) return found === 15 ? at : -1;
			previous = known.parentKey;
			known = known.parent;
			depth -= 1;
			continue;
		}
		let passage = findPassage(view, previous, kind, at, end);
		if (passage === void 0) {
			const brace = skipSpace(bytes, at);
			if (bytes[brace] === 125) {
				at = brace;
				continue;
			}
			passage = learnPassage(reader, known, previous, at, end);
			if (passage === void 0) return -1;
		}
		const key = passage.key;
		const { role } = key;
		previous = key;
		at += passage.length;
		const first = bytes[at];
		if (role === roles.extra) {
			const quote = first === 34 ? plainEnd(bytes, view, at + 1, end) : -1;
			at = quote < 0 ? skipValue(reader, at, end, depth) : quote + 1;
		} else {
			if (key.event === event) return -1;
			key.event = event;
			found |= key.required;
			if (first === 34 && (role === roles.name || role === roles.column && key.codes >= 0)) {
				const quote = plainEnd(bytes, view, at + 1, end);
				const length = quote - at - 1;
				if (quote < 0 || length > 256 || length === 0 && role === roles.name) return -1;
				if (key.texts >= 0) {
					const text = draft.texts[key.texts];
					text.starts[row] = at + 1;
					text.ends[row] = quote;
				}
				if (key.codes >= 0 && length > 0) {
					draft.codes[key.codes][row] = at + 1;
					draft.lengths[key.codes][row] = length;
					if (key.codes === 0) kind = bytes[at + 1] + length * 5 & 15;
				}
				at = quote + 1;
			} else if (first === 34 && role === roles.time) at = readIsoTime(bytes, at + 1, end, draft.numbers[0], row);
			else if (first === 123 && key.child !== void 0) {
				if (depth === 16) return -1;
				known = key.child;
				previous = known.entry;
				depth += 1;
				at += 1;
			} else at = readOther(reader, key, at, depth);
		}
		if (at < 0) return -1;
	}
}
/** Values that are neither names, nor times in text, nor planned objects. */
function readOther(reader, key, at, depth) {
	const { bytes, end, draft } = reader;
	const first = bytes[at];
	if (key.role === roles.name) return key.nullable && first === 110 ? skipLiteral(bytes, at, end) : -1;
	if (key.role === roles.context) {
		if (first === 110) return skipLiteral(bytes, at, end);
		return first === 123 ? skipValue(reader, at, end, depth) : -1;
	}
	const isStrict = key.role !== roles.column;
	if (first === 34 || first === 123 || first === 91 || key.numbers < 0) return isStrict ? -1 : skipValue(reader, at, end, depth);
	const column = draft.numbers[key.numbers];
	if (first === 116 || first === 102 || first === 110) {
		if (key.role === roles.time) return -1;
		if (first !== 110) column[draft.length] = first === 116 ? 1 : 0;
		return skipLiteral(bytes, at, end);
	}
	const next = readNumber(bytes, at, end, column, draft.length);
	if (isFigure(column[draft.length])) return next;
	column[draft.length] = NaN;
	return isStrict ? -1 : next;
}
// sources/decode/parseRecord.ts
/** One event from its bytes by `JSON.parse` and the schema: slow, and the measure of what is right. */
const utf8 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const name$1 = expectedName;
const expectations = {
	id: name$1,
	type: name$1,
	time: "an ISO 8601 date-time with a zone, or milliseconds since 1970",
	user: name$1,
	item: `${name$1}, or null`,
	session: `${name$1}, or null`,
	value: `${expectedFigure}, a boolean or null`,
	decision: `${name$1}, or null`,
	context: "an object or null"
};
/**
* @param receivedAt ms since 1970; an event may not lie more than a day after it
*/
function parseRecord(bytes, start, end, receivedAt) {
	const read = parseObject(bytes, start, end);
	if (read.accepted === void 0) return read;
	const json = read.accepted;
	const judged = Event.safeParse(json);
	if (!judged.success) return { problem: schemaProblem(json, judged.error.issues[0].path) };
	const event = judged.data;
	if (!isTimely(event.time, receivedAt)) return { problem: untimely("time", event.time, receivedAt) };
	return { accepted: {
		event,
		json
	} };
}
/** The JSON object in the bytes, within the limits of size, depth and keys that hold for every event. */
function parseObject(bytes, start, end) {
	if (end - start > 65536) return { problem: problem("EVENT_TOO_LARGE", `event: expected at most ${eventBytesMax} bytes, got ${end - start}`) };
	let json;
	try {
		json = JSON.parse(utf8.decode(bytes.subarray(start, end)));
	} catch (error) {
		return { problem: syntaxProblem(bytes, start, end, error) };
	}
	if (!isObject(json)) return { problem: unexpected("EVENT_NOT_OBJECT", "event", "a JSON object", json) };
	const nesting = nestingProblem(json, 1, "");
	return nesting === void 0 ? { accepted: json } : { problem: nesting };
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function syntaxProblem(bytes, start, end, error) {
	const malformed = findMalformed(bytes, start, end);
	return problem("EVENT_NOT_JSON", `event: expected one JSON object in UTF-8, got ${start === end ? "nothing" : malformed < end ? `malformed UTF-8 at byte ${malformed - start}` : `text that is not: ${error instanceof Error ? error.message : error}`}`);
}
/** The first key or level, in the order of the text, that an event may not have. */
function nestingProblem(value, depth, path) {
	if (depth > 16) return problem("EVENT_TOO_DEEP", `${path.slice(0, 200)}: expected at most 16 levels, got more`);
	for (const [key, inner] of Object.entries(value)) {
		if (forbiddenKeys.has(key) && !Array.isArray(value)) return problem("EVENT_KEY_FORBIDDEN", `${path}${key}: expected another key, got one that no object may have`);
		if (typeof inner !== "object" || inner === null) continue;
		const found = nestingProblem(inner, depth + 1, `${path}${key.slice(0, 40)}.`);
		if (found !== void 0) return found;
	}
}
function schemaProblem(json, path) {
	const field = String(path[0]);
	const found = json[field];
	const expected = expectations[field] ?? `text of 1 to 256 characters`;
	return unexpected(Object.hasOwn(json, field) ? "EVENT_FIELD_INVALID" : "EVENT_FIELD_MISSING", field, expected, found);
}
// sources/decode/refusedRecord.ts
/**
* A record that carries its own refusal, so that what the door refused is refused again, for the same reason, wherever
* the log is read: NAK, the code, a space, the reason, a line feed, then the event as it came.
*
* NAK (U+0015) cannot begin JSON, so no event is ever mistaken for one.
*/
const negativeAcknowledge = 21;
const lineFeed = 10;
new TextEncoder();
const decoder = new TextDecoder();
/** What the mark says, undefined when the record has none. */
function readRefused(bytes, start, end) {
	if (start >= end || bytes[start] !== negativeAcknowledge) return void 0;
	const feed = bytes.indexOf(lineFeed, start);
	if (feed < 0 || feed >= end) return void 0;
	const mark = decoder.decode(bytes.subarray(start + 1, feed));
	const space = mark.indexOf(" ");
	const code = mark.slice(0, space);
	if (!isEventCode(code)) return void 0;
	return {
		problem: problem(code, mark.slice(space + 1)),
		start: feed + 1
	};
}
function isEventCode(code) {
	return /^(EVENT|EXPOSURE)_/.test(code) && Object.hasOwn(errors, code);
}
// sources/decode/idHash.ts
const idLowSeed = 1768189039;
const idHighSeed = 1768188009;
/** Hash of an id and its user, both halves unsigned, into `low[row]` and `high[row]`. */
function hashId(low, high, row, user, userStart, userEnd, id, idStart, idEnd) {
	low[row] = idLowSeed;
	high[row] = idHighSeed;
	murmur3Twice(low, high, row, user, userStart, userEnd);
	murmur3Twice(low, high, row, id, idStart, idEnd);
}
/** Replaces both halves by the hash of the bytes seeded with them. */
function murmur3Twice(lows, highs, row, { bytes, view }, start, end) {
	let low = lows[row] | 0;
	let high = highs[row] | 0;
	let at = start;
	const blocks = end - (end - start & 3);
	for (; at < blocks; at += 4) {
		const mixed = mixBlock(view.getInt32(at, true));
		low ^= mixed;
		low = low << 13 | low >>> 19;
		low = Math.imul(low, 5) + 3864292196 | 0;
		high ^= mixed;
		high = high << 13 | high >>> 19;
		high = Math.imul(high, 5) + 3864292196 | 0;
	}
	if (at < end) {
		let block = bytes[at];
		if (at + 1 < end) block |= bytes[at + 1] << 8;
		if (at + 2 < end) block |= bytes[at + 2] << 16;
		const mixed = mixBlock(block);
		low ^= mixed;
		high ^= mixed;
	}
	lows[row] = finish(low ^ end - start);
	highs[row] = finish(high ^ end - start);
}
function mixBlock(block) {
	const k = Math.imul(block, 3432918353);
	return Math.imul(k << 15 | k >>> 17, 461845907);
}
function finish(hash) {
	let h = hash;
	h ^= h >>> 16;
	h = Math.imul(h, 2246822507);
	h ^= h >>> 13;
	h = Math.imul(h, 3266489909);
	return (h ^ h >>> 16) >>> 0;
}
// sources/decode/writeEvent.ts
/** Puts a parsed event into the row that is being written. */
const encoder$1 = new TextEncoder();
/** The row must be absent so far. Lone surrogates become U+FFFD, as everywhere where text becomes UTF-8. */
function writeEvent(draft, { event, json }) {
	const row = draft.length;
	writePaths(draft, draft.plan.root, json);
	const user = bytesOf(encoder$1.encode(event.user));
	const id = bytesOf(encoder$1.encode(event.id));
	draft.codes[0][row] = internText(draft, event.type);
	draft.codes[1][row] = draft.dictionary.intern(user, 0, user.bytes.length);
	draft.codes[2][row] = event.item == null ? -1 : internText(draft, event.item);
	draft.numbers[0][row] = event.time;
	draft.numbers[1][row] = event.value ?? NaN;
	spillText(draft, draft.id, event.id);
	if (event.session != null) spillText(draft, draft.session, event.session);
	if (event.decision != null) spillText(draft, draft.decision, event.decision);
	hashId(draft.idLow, draft.idHigh, row, user, 0, user.bytes.length, id, 0, id.bytes.length);
}
/** Own properties of objects only: a path does not lead through an array, nor to what all objects inherit. */
function writePaths(draft, node, json) {
	const row = draft.length;
	for (const [key, { codes, numbers, children }] of node.children) {
		if (!Object.hasOwn(json, key)) continue;
		const value = json[key];
		if (codes >= 0 && isName(value)) draft.codes[codes][row] = internText(draft, value);
		if (numbers >= 0) draft.numbers[numbers][row] = figure(value);
		if (children.size > 0 && isObject(value)) writePaths(draft, {
			codes,
			numbers,
			children
		}, value);
	}
}
function figure(value) {
	if (typeof value === "boolean") return value ? 1 : 0;
	return typeof value === "number" && isFigure(value) ? value : NaN;
}
function internText(draft, text) {
	return draft.dictionary.internText(text);
}
function spillText(draft, column, text) {
	const { spill, chunk, length } = draft;
	const bytes = encoder$1.encode(text);
	column.starts[length] = chunk.bytes.length + spill.length;
	spill.raw(bytes, 0, bytes.length);
	column.ends[length] = chunk.bytes.length + spill.length;
}
// sources/decode/referenceDecoder.ts
/** Judges one record: it becomes the draft's next row or its next refusal. */
function decodeRecord(draft, record, start, end) {
	const { chunk, refusals } = draft;
	const offset = chunk.firstOffset + record;
	const refused = readRefused(chunk.bytes, start, end);
	if (refused !== void 0) {
		refusals.push({
			offset,
			...refused.problem,
			bytes: chunk.bytes.subarray(refused.start, end)
		});
		return;
	}
	const judged = parseRecord(chunk.bytes, start, end, chunk.receivedAt);
	if (judged.accepted === void 0) {
		refusals.push({
			offset,
			...judged.problem,
			bytes: chunk.bytes.subarray(start, end)
		});
		return;
	}
	writeEvent(draft, judged.accepted);
	acceptRow(draft, record, start, end);
}
// sources/decode/settleRows.ts
function settleRows(draft, text, memory) {
	const { dictionary, length } = draft;
	hashIds(draft, text);
	for (const [column, codes] of draft.codes.entries()) internColumn(memory, dictionary, text, codes, draft.lengths[column], length);
}
function hashIds({ codes, lengths, id, idLow, idHigh, length }, text) {
	const users = codes[1];
	const userLengths = lengths[1];
	const { starts, ends } = id;
	for (let row = 0; row < length; row += 1) {
		const size = userLengths[row];
		if (size === 0) continue;
		const user = users[row];
		hashId(idLow, idHigh, row, text, user, user + size, text, starts[row], ends[row]);
	}
}
// sources/decode/shapeDecoder.ts
/**
* Columns as {@link createReferenceDecoder} fills them. A decoder serves one partition: it remembers the keys it met.
*
* @throws RangeError when a column's path is empty or asks for text as number or the reverse
*/
function createDecoder(columns, dictionary) {
	const plan = planColumns(columns);
	const known = knownEvent(plan);
	const memory = codeMemory();
	let event = 0;
	return { decode(chunk) {
		const { bytes, ends, length } = chunk;
		const draft = startDraft(chunk, plan, dictionary);
		const reader = {
			bytes,
			view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
			draft,
			known,
			end: 0,
			event
		};
		let start = 0;
		for (let record = 0; record < length; record += 1) {
			const end = ends[record];
			if (readShape(reader, start, end)) acceptRow(draft, record, start, end);
			else {
				clearRow(draft);
				decodeRecord(draft, record, start, end);
			}
			start = end;
		}
		event = reader.event;
		settleRows(draft, reader, memory);
		return finishDraft(draft);
	} };
}
// benchmarks/support/campusEvents.ts
/** A campus as decoded batches of one partition, each event once and with its watermark: what operators of a pipeline get. */
const blockLength = 2e3;
const minuteMs = 6e4;
function campusEvents(run) {
	const { campus, until, columns, holds, partitions = 1 } = run;
	const dictionary = new InternDictionary();
	const tables = createStateTables(dictionary);
	const decoder = createDecoder(columns, dictionary);
	const source = new import_cjs.Subject();
	const ids = createDedupeTable(tables, "ids", {
		horizonMs: 36e5,
		idsMax: 2e6
	});
	const clock = tables.objects("clock");
	let offset = 0;
	const take = (bytes, ends, receivedAt) => {
		const { length } = ends;
		const chunk = {
			partition: 0,
			firstOffset: offset,
			length,
			receivedAt,
			bytes,
			ends
		};
		source.next(decoder.decode(chunk));
		offset += length;
	};
	return {
		events: source.pipe(dedupe({
			table: ids,
			timeless: ownTypeNames
		}), watermark({
			latenessMs: 6e5,
			timeless: ownTypeNames,
			table: clock
		}), (0, import_cjs.share)()),
		context: {
			partition: 0,
			partitions,
			tables,
			publish: () => {},
			countDuplicates: () => {}
		},
		play() {
			if (holds === void 0) takeBlocks(campus, until, take);
			else takeRecords(campus, until, holds, take);
			source.complete();
		}
	};
}
function takeBlocks(campus, until, take) {
	const stream = campus.open();
	for (let to = campus.start + minuteMs; to < until + minuteMs; to += minuteMs) for (;;) {
		const { length, bytes, ends, arrivalTime } = stream.advance(Math.min(to, until), blockLength);
		if (length === 0) break;
		take(bytes, ends, arrivalTime);
	}
}
function takeRecords(campus, until, holds, take) {
	let parts = [];
	let ends = [];
	let size = 0;
	let receivedAt = campus.start;
	const flush = () => {
		if (ends.length > 0) take(Buffer.concat(parts), Int32Array.from(ends), receivedAt);
		[parts, ends, size] = [
			[],
			[],
			0
		];
	};
	for (const record of campus.events(campus.start, until)) {
		if (!holds(record.student)) continue;
		parts.push(record.bytes);
		size += record.bytes.length;
		ends.push(size);
		receivedAt = record.arrivalTime;
		if (ends.length === blockLength) flush();
	}
	flush();
}
// models/features.ts
/**
* Features that are all there, with the value 1.
*
* @param count features of every row
*/
function createFeatures(count) {
	return {
		count,
		indices: new Int32Array(count),
		values: new Float64Array(count).fill(1),
		weights: new Float64Array(count)
	};
}
/** The logistic function, 1 / (1 + e^−x). */
function sigmoid(x) {
	return 1 / (1 + Math.exp(-x));
}
const ftrl = {
	name: "ftrl-proximal",
	summary: "Linear model learnt online over sparse features.",
	source: "McMahan et al. 2013",
	parameters: {
		alpha: {
			default: .05,
			range: [1e-6, 10],
			unit: "",
			summary: "learning rate"
		},
		beta: {
			default: 1,
			range: [0, 1e6],
			unit: "",
			summary: "damps the first steps"
		},
		sparsity: {
			default: 0,
			range: [0, 1e6],
			unit: "",
			summary: "L1: below it a weight is zero"
		},
		shrinkage: {
			default: 0,
			range: [0, 1e6],
			unit: "",
			summary: "L2: pulls weights to zero"
		}
	},
	create: ({ alpha, beta, sparsity, shrinkage }) => {
		const rate = 1 / alpha;
		/** (β + √n) / α + λ₂ = √n / α + floor; never zero, whatever the parameters. */
		const floor = Math.max(beta * rate + shrinkage, 1e-12);
		return {
			score(table, { count, indices, values, weights }) {
				const state = table.values;
				let score = 0;
				for (let i = 0; i < count; i += 1) {
					const at = indices[i] * 2;
					const z = state[at];
					const weight = -(z > sparsity ? z - sparsity : z < -sparsity ? z + sparsity : 0) / (state[at + 1] * rate + floor);
					weights[i] = weight;
					score += weight * values[i];
				}
				return score;
			},
			learn(table, { count, indices, values, weights }, gradient) {
				const state = table.values;
				for (let i = 0; i < count; i += 1) {
					const slope = gradient * values[i];
					if (slope === 0) continue;
					const at = indices[i] * 2;
					const root = state[at + 1];
					const next = Math.sqrt(root * root + slope * slope);
					state[at] += slope - (next - root) * rate * weights[i];
					state[at + 1] = next;
					table.touch(at);
				}
			}
		};
	}
};
// models/spec.ts
/**
* All values of a component's parameters: the given ones where there are any, else the defaults.
*
* @throws RangeError when a name is unknown or a value is outside its range
*/
function parametersOf(parameters, given = {}) {
	const values = {};
	for (const [key, parameter] of Object.entries(parameters)) {
		const value = given[key] ?? parameter.default;
		const [low, high] = parameter.range;
		if (!(value >= low && value <= high) || parameter.whole === true && !Number.isInteger(value)) {
			const kind = parameter.whole === true ? "an integer " : "";
			throw new RangeError(`${key}: expected ${kind}in [${low}, ${high}], got ${value}`);
		}
		values[key] = value;
	}
	for (const key of Object.keys(given)) if (!Object.hasOwn(parameters, key)) throw new RangeError(`${key}: expected one of ${Object.keys(parameters).join(", ")}`);
	return values;
}
// models/answer/answerParameters.ts
const rows = [1, 2 ** 26];
const answerParameters = {
	bits: {
		default: 17,
		range: [8, 24],
		unit: "",
		whole: true,
		summary: "the hashed features share 2^bits weights of 16 bytes"
	},
	crossRate: {
		default: .05,
		range: [1e-6, 10],
		unit: "",
		summary: "rate of hashed features"
	},
	crossDamping: {
		default: .5,
		range: [0, 1e6],
		unit: "",
		summary: "damps their first steps"
	},
	factRate: {
		default: .1,
		range: [1e-6, 10],
		unit: "",
		summary: "rate of numeric features"
	},
	factDamping: {
		default: 1,
		range: [0, 1e6],
		unit: "",
		summary: "damps their first steps"
	},
	halfLifeMs: {
		default: 6048e5,
		range: [1, 0x9184e72a000],
		unit: "ms",
		summary: "event time in which an answer loses half its weight in the decayed rate"
	},
	usersMax: {
		default: 2 ** 21,
		range: rows,
		unit: "rows",
		whole: true,
		summary: "users kept"
	},
	itemsMax: {
		default: 2 ** 19,
		range: rows,
		unit: "rows",
		whole: true,
		summary: "items kept"
	},
	skillsMax: {
		default: 2 ** 16,
		range: rows,
		unit: "rows",
		whole: true,
		summary: "skills kept"
	},
	userSkillsMax: {
		default: 2 ** 22,
		range: rows,
		unit: "rows",
		whole: true,
		summary: "pairs of user and skill kept"
	}
};
// models/answer/history.ts
/** Short histories packed into one integer of a row: the latest entry in the lowest bits. */
const outcomesMask = 1023;
const effortMask = 63;
const skillEffortMask = 255;
/** The last ten outcomes with one more. */
function pushOutcome(outcomes, outcome) {
	return (outcomes << 1 | outcome) & outcomesMask;
}
/** Failed attempts before each of the last two successes (7 is seven or more), with one more. */
function pushEffort(effort, failures) {
	return (effort << 3 | Math.min(failures, 7)) & effortMask;
}
/** Attempts of each of the last four successes in a skill (3 is three or more), with one more. */
function pushSkillEffort(effort, attempts) {
	return (effort << 2 | Math.min(attempts, 3)) & skillEffortMask;
}
/** Practice so far in four steps: under 3 answers, under 8, under 16, more. */
function practiceLevel(count) {
	if (count < 3) return 0;
	if (count < 8) return 1;
	return count < 16 ? 2 : 3;
}
// models/answer/rows.ts
/**
* Where each fact stands in the rows that the answer model keeps: one row per user, item, skill, and user × skill.
*
* All are Float64: 176 bytes a user, 168 an item, 24 a skill, 48 a user × skill, besides what the table needs. A new
* row is all zeros, so every fact is written such that zero means "nothing known yet". Rates that are decayed by events
* are kept as distance from {@link usualRate}. A row of user × item was tried and left out: on 303,895 answers it moved
* the AUC by 0.0005, for one more row to find and to checkpoint per event.
*/
/** Where rates start before anything is known. */
const usualRate = .4;
const userRow = {
	hash: 0,
	/** Answers. */
	count: 1,
	/** Time of the last answer, ms. */
	time: 2,
	/** Decayed mean by event time: its sum, its weight, and the time to which both are decayed. */
	decayedSum: 3,
	decayedWeight: 4,
	decayedTime: 5,
	ability: 6,
	/** First attempts. */
	firsts: 7,
	/** Rates of the latest first attempts, and of the latest further attempts. */
	firstRate: 8,
	retryRate: 9,
	/** The last ten outcomes as bits, the latest lowest. */
	outcomes: 10,
	/** Failed attempts before each of the last two successes, three bits each, the latest lowest. */
	effort: 11,
	/** Hash of the last item, and of the one before that was another. */
	item: 12,
	earlierItem: 13,
	/** Hash of the last skill. */
	skill: 14,
	/** Failed attempts in a row on the last item; 0 after a success. */
	failures: 15,
	/** Successes in a row > 0, failures in a row < 0. */
	streak: 16,
	/** Rates of the latest answers by attempt, 0 … userAttemptsMax. */
	attemptRates: 17,
	width: 22
};
const itemRow = {
	hash: 0,
	count: 1,
	successes: 2,
	difficulty: 3,
	firsts: 4,
	/** Answers and successes by attempt, in pairs, 0 … attemptsMax. */
	attempts: 5,
	width: 21
};
const skillRow = {
	hash: 0,
	count: 1,
	successes: 2,
	width: 3
};
const userSkillRow = {
	count: 0,
	successes: 1,
	/** Ability in this skill beyond the user's own. */
	ability: 2,
	/** Rate of the latest first attempts. */
	firstRate: 3,
	/** Attempts that the last four successes took (3 is three or more), two bits each, the latest lowest. */
	effort: 4,
	/** Time of the last answer, ms. */
	time: 5,
	width: 6
};
// models/answer/recentRate.ts
/** Rate of the latest outcomes: each new one moves it by a fixed share. Source: exponential smoothing, Brown 1956. */
/**
* @param values  the rows
* @param at      position of the rate, kept as distance from the usual rate
* @param outcome 0 or 1
* @param share   of the way to the outcome, in (0, 1)
*/
function stepRecentRate(values, at, outcome, share) {
	values[at] += share * (outcome - usualRate - values[at]);
}
/** Which of `levels` equal parts of [0, 1] the rate lies in, from 0. */
function rateLevel(distance, levels) {
	const level = Math.floor((distance + usualRate) * levels);
	return level < 0 ? 0 : level >= levels ? levels - 1 : level;
}
// models/answer/crosses.ts
/** In the order of the features. */
const crossNames = [
	"user",
	"outcomes × attempt",
	"effort × attempt",
	"item × item before × outcome",
	"item × two items before",
	"item × first-attempt level × attempt",
	"item × outcomes × attempt",
	"item × further-attempt level × attempt",
	"item × effort × attempt",
	"item × effort in skill × attempt",
	"skill × outcomes × attempt",
	"skill × practice × first-attempt level × attempt"
];
/** First of the features that need an item, and of those that need a skill. */
const itemFirst = 3;
const skillFirst = 10;
/** Different for every feature, so that equal combinations of two features get different weights. */
const salts = Int32Array.from(crossNames, (_, feature) => Math.imul(feature + 1, 2654435761));
/** Two 32-bit numbers as one, which still has to be mixed. */
function join(left, right) {
	return Math.imul(left, 2246822519) + Math.imul(right ^ left >>> 15, 3266489917) | 0;
}
/**
* Which weight a combination has: its mixed bits, the highest first. MurmurHash3's finish (Appleby), on signed
* integers only: it runs twelve times per event, and larger numbers would be boxed.
*/
function slot(combination, salt, shift) {
	let h = combination ^ salt;
	h = Math.imul(h ^ h >>> 16, 2246822507);
	h = Math.imul(h ^ h >>> 13, 3266489909);
	return (h ^ h >>> 16) >>> shift;
}
/**
* Fills `features` with the crosses of the situation. Without item or skill those that need it have the value 0.
*
* @param bits the features have 2^bits weights
*/
function writeCrosses(features, situation, bits) {
	const { users, user, userSkills, userSkill, userHash, itemHash, skillHash } = situation;
	const { indices, values } = features;
	const shift = 32 - bits;
	const attempt = Math.min(situation.attempt, 7);
	const outcomes = users[user + userRow.outcomes] | 0;
	const effort = users[user + userRow.effort] | 0;
	const firstLevel = rateLevel(users[user + userRow.firstRate], 6);
	const retryLevel = rateLevel(users[user + userRow.retryRate], 6);
	indices[0] = slot(userHash, salts[0], shift);
	indices[1] = slot((outcomes & 63) * 8 + attempt, salts[1], shift);
	indices[2] = slot(effort * 8 + attempt, salts[2], shift);
	if (itemHash === 0) values.fill(0, itemFirst, skillFirst);
	else {
		if (values[itemFirst] === 0) values.fill(1, itemFirst, skillFirst);
		const before = users[user + userRow.item] | 0;
		const earlier = users[user + userRow.earlierItem] | 0;
		const skillEffort = userSkills[userSkill + userSkillRow.effort] | 0;
		const previous = join(itemHash, before);
		indices[3] = slot(join(previous, outcomes & 1), salts[3], shift);
		indices[4] = slot(join(previous, earlier), salts[4], shift);
		indices[5] = slot(join(itemHash, firstLevel * 8 + Math.min(attempt, 2)), salts[5], shift);
		indices[6] = slot(join(itemHash, (outcomes & 15) * 8 + attempt), salts[6], shift);
		indices[7] = slot(join(itemHash, retryLevel * 8 + attempt), salts[7], shift);
		indices[8] = slot(join(itemHash, (effort & 7) * 8 + attempt), salts[8], shift);
		indices[9] = slot(join(itemHash, (skillEffort & 15) * 8 + attempt), salts[9], shift);
	}
	if (skillHash === 0) values.fill(0, skillFirst);
	else {
		if (values[skillFirst] === 0) values.fill(1, skillFirst);
		const level = (practiceLevel(userSkills[userSkill + userSkillRow.count]) * 8 + firstLevel) * 8 + attempt;
		indices[10] = slot(join(skillHash, (outcomes & 7) * 8 + attempt), salts[10], shift);
		indices[11] = slot(join(skillHash, level), salts[11], shift);
	}
}
// models/answer/ability.ts
/**
* Elo ratings: each first attempt is a match of the user's ability, and ability in the skill, against the item.
*
* Steps shrink with the number of matches, an item's faster than a user's: students learn, items stay. This is the
* one-parameter logistic (Rasch) model, fitted online.
* Source: Pelánek 2016, "Applications of the Elo rating system in adaptive educational systems".
*/
/** Logit of success that the ratings predict; an absent item or skill counts as usual. */
function ratingGap({ users, user, items, item, userSkills, userSkill }) {
	return users[user + userRow.ability] + userSkills[userSkill + userSkillRow.ability] - items[item + itemRow.difficulty];
}
/**
* Plays one first attempt.
*
* @param situation whose rows are those to be changed
* @param outcome   0 or 1
*/
function stepRatings(situation, outcome) {
	const { users, user, items, item, userSkills, userSkill, itemHash, skillHash } = situation;
	const surprise = outcome - sigmoid(ratingGap(situation));
	const played = users[user + userRow.firsts];
	users[user + userRow.ability] += .3 * surprise / Math.sqrt(1 + .05 * played);
	users[user + userRow.firsts] = played + 1;
	if (itemHash !== 0) {
		const seen = items[item + itemRow.firsts];
		items[item + itemRow.difficulty] -= .4 * surprise / (1 + .05 * seen);
		items[item + itemRow.firsts] = seen + 1;
	}
	if (skillHash !== 0) {
		const practised = userSkills[userSkill + userSkillRow.count];
		userSkills[userSkill + userSkillRow.ability] += .3 * surprise / Math.sqrt(1 + .1 * practised);
	}
}
// models/answer/decayedRate.ts
/**
* Mean outcome in which an answer's weight halves every half-life of event time.
*
* Order does not matter: a late answer enters with the weight it would have by now.
* Source: Cormode, Shkapenyuk, Srivastava & Xu 2009, "Forward decay".
*/
/** Answers for which the usual rate counts. */
const priorWeight = 5;
/**
* @param values     the rows
* @param at         position of three numbers: Σ weight × (outcome − usual rate), Σ weight, their time in ms
* @param time       event time, ms
* @param halfLifeMs > 0
*/
function stepDecayedRate(values, at, outcome, time, halfLifeMs) {
	const weight = values[at + 1];
	const age = weight === 0 ? 0 : time - values[at + 2];
	const kept = age > 0 ? Math.exp(-Math.LN2 * age / halfLifeMs) : 1;
	const added = age < 0 ? Math.exp(Math.LN2 * age / halfLifeMs) : 1;
	values[at] = values[at] * kept + added * (outcome - usualRate);
	values[at + 1] = weight * kept + added;
	if (age >= 0) values[at + 2] = time;
}
/** Distance of the decayed mean from the usual rate, drawn to 0 while the weight is small. */
function readDecayedRate(values, at) {
	return values[at] / (values[at + 1] + priorWeight);
}
// models/answer/recency.ts
/**
* How long ago something happened, on a logarithmic scale: forgetting is fast first and slow later.
*
* Source: the power law of forgetting, Wixted & Carpenter 2007.
*
* @param last time it last happened, ms; 0 when it never did
* @param time now, ms of event time
* @returns ln(1 + seconds); 0 when it never happened or lies ahead
*/
function recency(last, time) {
	return last > 0 && time > last ? Math.log1p((time - last) / 1e3) : 0;
}
// models/answer/smoothedLogit.ts
/**
* Success rate in logit space, drawn to the usual rate while answers are few.
*
* Source: additive smoothing, Agresti & Coull 1998; as a feature, Pelánek 2016.
*/
/**
* @param successes in [0, count]
* @param count     answers, ≥ 0
* @param weight    how many answers the usual rate counts for, > 0
* @returns ln(odds) of success relative to the usual odds: 0 when nothing is known
*
* @example
* smoothedLogit(0, 0, 4); // 0
*/
function smoothedLogit(successes, count, weight) {
	const odds = (successes + usualRate * weight) / (count - successes + .6 * weight);
	return Math.log(odds) + usualLogit;
}
const usualLogit = -Math.log(usualRate / .6);
// models/answer/streak.ts
/** Outcomes in a row: n > 0 after n successes, −n after n failures, 0 before the first. */
function nextStreak(streak, outcome) {
	if (outcome === 1) return streak > 0 ? streak + 1 : 1;
	return streak < 0 ? streak - 1 : -1;
}
/** On a scale where the tenth in a row adds less than the second. */
function streakStrength(streak) {
	return streak < 0 ? -Math.log1p(-streak) : Math.log1p(streak);
}
// models/answer/facts.ts
/** In the order of the features. */
const factNames = [
	"constant",
	"item success",
	"item success at this attempt",
	"skill success",
	"user success in skill",
	"user ability",
	"user ability above item difficulty",
	"user latest first attempts",
	"user latest further attempts",
	"user latest answers at this attempt",
	"user latest first attempts in skill",
	"user success, decayed by time",
	"user streak",
	"same skill as before",
	"time since the user answered",
	"time since the user met the skill"
];
/** Weights that the facts need. */
const factWeights = factNames.length * 8;
/** Fills `features` with the facts of the situation. */
function writeFacts(features, situation) {
	const { time, users, user, items, item, skills, skill, userSkills, userSkill } = situation;
	const attempt = Math.min(situation.attempt, 7);
	const tries = item + itemRow.attempts + 2 * attempt;
	const userTries = user + userRow.attemptRates + Math.min(attempt, 4);
	const seen = skills[skill + skillRow.count];
	const practised = userSkills[userSkill + userSkillRow.count];
	const { indices, values } = features;
	values[0] = 1;
	values[1] = smoothedLogit(items[item + itemRow.successes], items[item + itemRow.count], 4);
	values[2] = smoothedLogit(items[tries + 1], items[tries], 2);
	values[3] = smoothedLogit(skills[skill + skillRow.successes], seen, 20);
	values[4] = smoothedLogit(userSkills[userSkill + userSkillRow.successes], practised, 3);
	values[5] = users[user + userRow.ability];
	values[6] = ratingGap(situation);
	values[7] = users[user + userRow.firstRate];
	values[8] = users[user + userRow.retryRate];
	values[9] = users[userTries];
	values[10] = userSkills[userSkill + userSkillRow.firstRate];
	values[11] = readDecayedRate(users, user + userRow.decayedSum);
	values[12] = streakStrength(users[user + userRow.streak]);
	values[13] = situation.skillHash !== 0 && users[user + userRow.skill] === situation.skillHash ? 1 : 0;
	values[14] = recency(users[user + userRow.time], time);
	values[15] = recency(userSkills[userSkill + userSkillRow.time], time);
	const first = attempt * factNames.length;
	for (let fact = 0; fact < factNames.length; fact += 1) indices[fact] = first + fact;
}
// models/answer/learnRows.ts
/** Takes one outcome into the rows of its user, item, skill and user × skill. */
/**
* @param situation whose rows are those to be changed
* @param outcome   0 or 1
*/
function learnRows(situation, outcome, halfLifeMs) {
	if (situation.attempt === 0) stepRatings(situation, outcome);
	if (situation.itemHash !== 0) learnItem(situation, outcome);
	if (situation.skillHash !== 0) learnSkill(situation, outcome);
	learnUser(situation, outcome, halfLifeMs);
}
function learnItem({ items, item, attempt }, outcome) {
	const tries = item + itemRow.attempts + 2 * Math.min(attempt, 7);
	items[item + itemRow.count] += 1;
	items[item + itemRow.successes] += outcome;
	items[tries] += 1;
	items[tries + 1] += outcome;
}
function learnSkill(situation, outcome) {
	const { skills, skill, userSkills, userSkill, attempt, time } = situation;
	skills[skill + skillRow.count] += 1;
	skills[skill + skillRow.successes] += outcome;
	userSkills[userSkill + userSkillRow.count] += 1;
	userSkills[userSkill + userSkillRow.successes] += outcome;
	if (attempt === 0) stepRecentRate(userSkills, userSkill + userSkillRow.firstRate, outcome, .2);
	if (outcome === 1) {
		const effort = userSkill + userSkillRow.effort;
		userSkills[effort] = pushSkillEffort(userSkills[effort], attempt + 1);
	}
	userSkills[userSkill + userSkillRow.time] = time;
}
function learnUser(situation, outcome, halfLifeMs) {
	const { users, user, itemHash, skillHash, attempt, time } = situation;
	const rate = user + (attempt === 0 ? userRow.firstRate : userRow.retryRate);
	const attemptRate = user + userRow.attemptRates + Math.min(attempt, 4);
	stepRecentRate(users, rate, outcome, .1);
	stepRecentRate(users, attemptRate, outcome, .1);
	stepDecayedRate(users, user + userRow.decayedSum, outcome, time, halfLifeMs);
	const effort = user + userRow.effort;
	if (outcome === 1) users[effort] = pushEffort(users[effort], attempt);
	const outcomes = user + userRow.outcomes;
	users[outcomes] = pushOutcome(users[outcomes], outcome);
	const streak = user + userRow.streak;
	users[streak] = nextStreak(users[streak], outcome);
	users[user + userRow.failures] = outcome === 1 ? 0 : attempt + 1;
	if (users[user + userRow.item] !== itemHash) {
		users[user + userRow.earlierItem] = users[user + userRow.item];
		users[user + userRow.item] = itemHash;
	}
	users[user + userRow.skill] = skillHash;
	users[user + userRow.count] += 1;
	users[user + userRow.time] = time;
}
// models/answer/nameHash.ts
/** Stable 32-bit hash of what a code stands for: codes differ between runs, strings do not. */
const encoder = new TextEncoder();
const seed$1 = 1634628471;
/** @returns a signed 32-bit integer that is not 0: that is left to mean "none", as in a new row */
function nameHash(dictionary, code) {
	const bytes = encoder.encode(dictionary.text(code));
	return murmur3(bytesOf(bytes), 0, bytes.length, seed$1) | 0 || 1;
}
// models/answer/situation.ts
/** All that is known just before an answer: the rows it concerns and where in them it stands. Made once, filled anew. */
/** Stands in for a row that is not there. */
const zeroRow = new Float64Array(Math.max(userRow.width, itemRow.width, skillRow.width, userSkillRow.width));
function createSituation() {
	return {
		time: 0,
		itemHash: 0,
		skillHash: 0,
		userHash: 0,
		attempt: 0,
		users: zeroRow,
		user: 0,
		items: zeroRow,
		item: 0,
		skills: zeroRow,
		skill: 0,
		userSkills: zeroRow,
		userSkill: 0
	};
}
/** Failed attempts in a row on the item just before this answer: 0 is a first attempt. */
function attemptOf(users, user, itemHash) {
	return itemHash !== 0 && users[user + userRow.item] === itemHash ? users[user + userRow.failures] : 0;
}
// models/answer/locator.ts
/** Finds the rows that an answer concerns: to read them before it, to change them after. */
/** What the model reads of an event. */
const answerColumns = {
	strings: [
		"user",
		"item",
		"context.skill"
	],
	numbers: ["time"]
};
/** Position of the row, its hash in place. */
function touch(table, code, time, hash) {
	const at = table.at(code, time);
	table.values[at] = hash;
	return at;
}
function createLocator(tables, parameters) {
	const { usersMax, itemsMax, skillsMax, userSkillsMax } = parameters;
	const make = (name, width, keysMax) => tables.numbers(name, {
		width,
		keysMax
	});
	const users = make("answer-users", userRow.width, usersMax);
	const items = make("answer-items", itemRow.width, itemsMax);
	const skills = make("answer-skills", skillRow.width, skillsMax);
	const userSkills = make("answer-user-skills", userSkillRow.width, userSkillsMax);
	let current;
	let userCodes = /* @__PURE__ */ new Int32Array(0);
	let itemCodes = userCodes;
	let skillCodes = userCodes;
	let times = /* @__PURE__ */ new Float64Array(0);
	function open(batch) {
		userCodes = codesOf(batch, "user");
		itemCodes = codesOf(batch, "item");
		skillCodes = codesOf(batch, "context.skill");
		times = numbersOf(batch, "time");
		current = batch;
	}
	return {
		look(batch, row, situation) {
			if (batch !== current) open(batch);
			const time = times[row];
			const user = userCodes[row];
			const item = itemCodes[row];
			const skill = skillCodes[row];
			const userAt = users.peek(user, time);
			const itemAt = item < 0 ? -1 : items.peek(item, time);
			const skillAt = skill < 0 ? -1 : skills.peek(skill, time);
			const userSkillAt = skill < 0 ? -1 : userSkills.peekPair(user, skill, time);
			const s = situation;
			s.time = time;
			s.users = userAt < 0 ? zeroRow : users.values;
			s.user = Math.max(0, userAt);
			s.items = itemAt < 0 ? zeroRow : items.values;
			s.item = Math.max(0, itemAt);
			s.skills = skillAt < 0 ? zeroRow : skills.values;
			s.skill = Math.max(0, skillAt);
			s.userSkills = userSkillAt < 0 ? zeroRow : userSkills.values;
			s.userSkill = Math.max(0, userSkillAt);
			const names = tables.dictionary;
			s.userHash = s.users[s.user + userRow.hash] | 0 || nameHash(names, user);
			s.itemHash = item < 0 ? 0 : s.items[s.item + itemRow.hash] | 0 || nameHash(names, item);
			s.skillHash = skill < 0 ? 0 : s.skills[s.skill + skillRow.hash] | 0 || nameHash(names, skill);
			s.attempt = attemptOf(s.users, s.user, s.itemHash);
		},
		take(row, situation) {
			const { time, userHash, itemHash, skillHash } = situation;
			const user = userCodes[row];
			situation.user = touch(users, user, time, userHash);
			situation.users = users.values;
			if (itemHash !== 0) {
				situation.item = touch(items, itemCodes[row], time, itemHash);
				situation.items = items.values;
			}
			if (skillHash !== 0) {
				situation.skill = touch(skills, skillCodes[row], time, skillHash);
				situation.skills = skills.values;
				situation.userSkill = userSkills.atPair(user, skillCodes[row], time);
				situation.userSkills = userSkills.values;
			}
		}
	};
}
// models/answer/answerModel.ts
/** All features, facts first, in the order of `contributions`. */
const answerFeatures = [...factNames, ...crossNames];
/** Keeps the probability inside (0, 1), and the loss of a wrong prediction finite. */
const probabilityMin = 1e-6;
/**
* @param tables  where the state lives; the model makes six tables in it, all named `answer-…`
* @param options parameters other than their defaults
* @throws RangeError when an option is out of range. `predict` throws one when the batch lacks a column, `learn` when the
*   row is not the one predicted last or the label is neither 0 nor 1
*/
function createAnswerModel(tables, options = {}) {
	const parameters = parametersOf(answerParameters, options);
	const { bits, crossRate, crossDamping, factRate, factDamping, halfLifeMs } = parameters;
	const locator = createLocator(tables, parameters);
	const factTable = tables.vector("answer-facts", factWeights * 2);
	const crossTable = tables.vector("answer-crosses", 2 ** bits * 2);
	const dense = {
		sparsity: 0,
		shrinkage: 0
	};
	const factModel = ftrl.create({
		alpha: factRate,
		beta: factDamping,
		...dense
	});
	const crossModel = ftrl.create({
		alpha: crossRate,
		beta: crossDamping,
		...dense
	});
	const facts = createFeatures(factNames.length);
	const crosses = createFeatures(crossNames.length);
	const situation = createSituation();
	let predictedBatch;
	let predictedRow = -1;
	/** One number, in an array because a captured variable would be allocated anew for each row. */
	const probability = /* @__PURE__ */ new Float64Array(1);
	return {
		name: "answer",
		version: "1",
		predict(batch, row) {
			locator.look(batch, row, situation);
			writeFacts(facts, situation);
			writeCrosses(crosses, situation, bits);
			const score = factModel.score(factTable, facts) + crossModel.score(crossTable, crosses);
			const predicted = Math.min(Math.max(sigmoid(score), probabilityMin), .999999);
			probability[0] = predicted;
			predictedBatch = batch;
			predictedRow = row;
			return predicted;
		},
		learn(batch, row, label) {
			if (batch !== predictedBatch || row !== predictedRow) throw new RangeError(`row: expected ${predictedRow}, the last predicted, got ${row}`);
			if (label !== 0 && label !== 1) throw new RangeError(`label: expected 0 or 1, got ${label}`);
			predictedRow = -1;
			const gradient = probability[0] - label;
			factModel.learn(factTable, facts, gradient);
			crossModel.learn(crossTable, crosses, gradient);
			locator.take(row, situation);
			learnRows(situation, label, halfLifeMs);
		},
		contributions() {
			const added = new Float64Array(facts.count + crosses.count);
			for (let i = 0; i < facts.count; i += 1) added[i] = facts.weights[i] * facts.values[i];
			for (let i = 0; i < crosses.count; i += 1) added[facts.count + i] = crosses.weights[i] * crosses.values[i];
			return added;
		}
	};
}
// models/registry.ts
const learners = { answer: {
	summary: "Predicts whether an answer will be right, from user, item and skill.",
	source: "McMahan et al. 2013; Pelánek 2016",
	columns: answerColumns,
	features: answerFeatures,
	parameters: answerParameters,
	create: createAnswerModel
} };
// operators/onTime.ts
/** Keeps the rows that the watermark has not passed; `lateRows` takes the others. */
/**
* Drops the rows whose time lies before their watermark.
*
* ```text
* times, watermarks  --[9/−∞ 3/5 5/5]--|
* onTime()           --[9    5]--------|
* ```
*
* Synchronous: one batch out for each in, empty when all of its rows are late.
*
* @throws RangeError (in the stream) when the batches did not pass through `watermark`
*/
function onTime() {
	return (0, import_cjs.map)((batch) => {
		const times = numbersOf(batch, "time");
		const watermarks = watermarksOf(batch);
		const rows = new Int32Array(batch.length);
		let count = 0;
		for (let row = 0; row < batch.length; row += 1) {
			rows[count] = row;
			if (!(times[row] < watermarks[row])) count += 1;
		}
		return selectRows(batch, rows, count);
	});
}
// operators/where.ts
/** Keeps the rows whose string column has one of some values. */
/**
* ```text
* type                       --[viewed answered viewed]--[rated]--|
* where('type', 'viewed')    --[viewed viewed]-----------[]-------|
* ```
*
* Compares codes, not texts. Synchronous: one batch out for each in, empty when no row fits; rows where the column is
* absent never fit.
*
* @throws RangeError (in the stream) when the pipeline did not ask for the column
*/
function where(column, ...values) {
	return (0, import_cjs.map)((batch) => {
		const codes = codesOf(batch, column);
		const wanted = values.map((value) => batch.dictionary.find(value)).filter((code) => code >= 0);
		const rows = new Int32Array(batch.length);
		let count = 0;
		for (let row = 0; row < batch.length; row += 1) {
			rows[count] = row;
			const code = codes[row];
			for (let i = 0; i < wanted.length; i += 1) if (wanted[i] === code) {
				count += 1;
				break;
			}
		}
		return selectRows(batch, rows, count);
	});
}
// operators/predictThenLearn.ts
/** Predicts each row before learning from it, so that a model's quality is measured on what it has not seen. */
/**
* Prequential evaluation: for each row predict, then learn, then the next row.
*
* ```text
* labels            --[1 0 NaN]---------|
* predictThenLearn  --[.5/1 .6/0]-------|      (probability/label)
* ```
*
* Rows whose label is not 0 or 1 (absent, a score, a rating) are neither predicted nor learnt. Synchronous: one value out
* for each batch in. An error thrown by the learner ends the stream with that error.
*
* Source: Dawid 1984 (prequential analysis).
*
* @param label numeric column that holds the outcome
*/
function predictThenLearn(learner, { label }) {
	return (0, import_cjs.map)((batch) => {
		const values = numbersOf(batch, label);
		const rows = new Int32Array(batch.length);
		const probabilities = new Float64Array(batch.length);
		const labels = new Uint8Array(batch.length);
		let length = 0;
		for (let row = 0; row < batch.length; row += 1) {
			const value = values[row];
			if (value !== 0 && value !== 1) continue;
			rows[length] = row;
			probabilities[length] = learner.predict(batch, row);
			labels[length] = value;
			learner.learn(batch, row, value);
			length += 1;
		}
		return {
			batch,
			length,
			rows,
			probabilities,
			labels
		};
	});
}
// ../../../tmp/dump2.ts
const start = Date.UTC(2026, 2, 2);
const day = 864e5;
const [seed, kind, days, intensity] = [
	Number(process.argv[2]),
	process.argv[3],
	Number(process.argv[4]),
	process.argv[5]
];
const campus = createCampus({
	seed,
	start,
	students: 2e3,
	...intensity ? { intensity: Number(intensity) } : {},
	plan: kind === "calm" ? calm : {}
});
const answer = learners["answer"];
const { events, context, play } = campusEvents({
	campus,
	until: start + days * day,
	columns: {
		strings: [...answer.columns.strings, "context.topic"],
		numbers: []
	}
});
const a = [
	[],
	[],
	[],
	[],
	[]
];
const r = [
	[],
	[],
	[],
	[]
];
const timely = events.pipe(onTime(), share$2());
timely.pipe(where("type", "answered"), predictThenLearn(answer.create(context.tables), { label: "value" })).subscribe(({ batch, length, rows, probabilities, labels }) => {
	const t = numbersOf(batch, "time");
	const s = codesOf(batch, "context.skill"), u = codesOf(batch, "user");
	for (let i = 0; i < length; i++) {
		const row = rows[i];
		if (s[row] < 0) continue;
		a[0].push(t[row] - start);
		a[1].push(skills.indexOf(batch.dictionary.text(s[row])));
		a[2].push(probabilities[i]);
		a[3].push(labels[i]);
		a[4].push(u[row]);
	}
});
timely.pipe(where("type", "rated")).subscribe((batch) => {
	const t = numbersOf(batch, "time"), v = numbersOf(batch, "value");
	const s = codesOf(batch, "context.topic"), u = codesOf(batch, "user");
	for (let row = 0; row < batch.length; row++) {
		if (s[row] < 0 || Number.isNaN(v[row])) continue;
		r[0].push(t[row] - start);
		r[1].push(topics.indexOf(batch.dictionary.text(s[row])));
		r[2].push(u[row]);
		r[3].push(v[row]);
	}
});
play();
const name = `/tmp/d_${seed}_${kind}_${intensity ?? "n"}`;
for (const [k, x] of [["a", a], ["r", r]]) x.forEach((col, i) => writeFileSync(`${name}_${k}${i}.bin`, Buffer.from(Float64Array.from(col).buffer)));
console.log(name, a[0].length, r[0].length);
export {};
